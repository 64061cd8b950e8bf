import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { Page } from './store.ts';

/** One line of a board of some. */
export interface Line {
  id: string;
  name: string;
  rank: number;
  tiedWith: number;
  score: number;
  own: boolean;
  overall?: number | null;
  members?: number;
  zone?: 'up' | 'down' | undefined;
}

/** The lines of a page; those of a cohort with whether they go up or down. */
export function linesOf(page: Page | null): Line[] {
  if (!page) return [];
  const { promote = 0, demote = 0 } = ('cohort' in page && page.cohort) || {};
  const lines: Line[] = page.items.map((row) => ({ ...row, own: 'own' in row ? row.own : 'self' in row && row.self }));
  // Whoever goes up does not go down as well, however small the cohort.
  const down = Math.max(promote, lines.length - demote);
  return lines.map((line, index) => ({
    ...line,
    zone: index < promote ? 'up' : demote > 0 && index >= down ? 'down' : undefined,
  }));
}

/** A board as a real table. */
export function table({ h, cleanName, icon }: Kit, caption: string, lines: readonly Line[], { say, number }: Language) {
  const overall = lines.some((line) => typeof line.overall === 'number');
  const row = (line: Line, index: number) => {
    const name = cleanName(line.name);
    const edge = index > 0 && line.zone !== lines[index - 1]?.zone ? ' edge' : '';
    return h(
      'tr',
      {
        key: line.id,
        class: `m${line.rank}${line.own ? ' mine' : ''}${edge}`,
        part: line.own ? 'row row-me' : 'row',
        tabIndex: -1,
        'aria-current': line.own ? 'true' : undefined,
      },
      h(
        'td',
        null,
        h(
          'span',
          { class: line.rank <= 3 ? 'rank medal' : 'rank', part: 'rank' },
          line.tiedWith > 0 && h('span', { 'aria-hidden': true }, '='),
          number(line.rank),
          line.tiedWith > 0 && h('span', { class: 'said' }, ` ${say('tied', { n: line.tiedWith })}`),
        ),
      ),
      h(
        'th',
        { scope: 'row', class: 'person' },
        h(
          'span',
          { class: 'named' },
          h('bdi', { class: 'name', part: 'name', title: name }, name),
          line.own && h('span', { class: 'badge', part: 'badge' }, say(line.members === undefined ? 'you' : 'ownTeam')),
          line.zone &&
            h(
              'span',
              { class: `zone ${line.zone}`, part: 'delta' },
              icon(line.zone === 'up' ? 'M12 19V6M6 12l6-6 6 6' : 'M12 5v13M6 12l6 6 6-6'),
              h('span', { class: 'said' }, say(line.zone === 'up' ? 'goesUp' : 'goesDown')),
            ),
        ),
        line.members !== undefined && h('span', { class: 'small muted' }, say('members', { n: line.members })),
      ),
      overall && h('td', { class: 'overall small muted' }, typeof line.overall === 'number' && number(line.overall)),
      h('td', { class: 'score', part: 'score' }, number(line.score)),
    );
  };
  return h(
    'table',
    { class: 'rows numbers' },
    h('caption', { class: 'said' }, caption),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        h('th', { scope: 'col' }, say('rank')),
        h('th', { scope: 'col' }, say('name')),
        overall && h('th', { scope: 'col', class: 'overall' }, say('overall')),
        h('th', { scope: 'col' }, say('score')),
      ),
    ),
    h('tbody', null, lines.map(row)),
  );
}
