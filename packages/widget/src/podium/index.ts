import type { h as create } from 'preact';
import type { Language } from '../i18n/index.ts';
import type * as person from '../parts/person.tsx';
import type { Row } from '../stores/board.ts';
import { wreath } from './wreath.ts';

export { style } from './style.ts';

/** What the podium is drawn with: the Preact and the parts of the script, so that there is one of each. */
type Kit = Pick<typeof person, 'avatar' | 'named' | 'rank'> & { h: typeof create };

/** The first three on steps whose height is their rank: equals stand equally high. */
export const podium = (
  { h, avatar, named, rank }: Kit,
  rows: readonly Row[],
  mine: string | undefined,
  language: Language,
) =>
  h(
    'ol',
    { class: 'podium numbers' },
    rows.map((row) => {
      const said = (word: 'rank' | 'score') => h('span', { class: 'said' }, ` ${language.say(word)} `);
      const leaf = h('svg', { viewBox: '0 0 24 24', 'aria-hidden': true }, h('path', { d: wreath }));
      const part = row.id === mine ? 'row row-me' : 'row';
      return h(
        'li',
        { key: row.id, 'data-id': row.id, 'data-score': row.score, class: `m${row.rank}`, part },
        h('span', { class: 'crown' }, row.rank === 1 && leaf, avatar(row)),
        named(row, row.id === mine, language),
        h(
          'span',
          { class: 'muted small' },
          h('b', { class: 'score', part: 'score' }, language.number(row.score)),
          said('score'),
        ),
        h('span', { class: 'step' }, said('rank'), rank(row, language)),
      );
    }),
  );
