import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import type { Contest, Mine, View } from './state.ts';

type Source = Mine['sources'][number];

/** What earned it: the step by its title, an event of the host by its name. */
function nameOf({ cleanName }: Kit, { actions }: Contest, { source, name }: Source, { say }: Language): string {
  if (source === 'action') return cleanName(actions.find(({ id }) => id === name)?.title ?? say('from_action'));
  const words = say(`from_${source}`);
  return source === 'conversion' && name && name !== '*'
    ? `${words}: ${cleanName(name.replace(/[_.-]+/g, ' '))}`
    : words;
}

/** The visitor's own points, and where each came from. */
export function entries(kit: Kit, { contest, me }: View, { language, heading }: Drawn) {
  const { h } = kit;
  const { say, number } = language;
  const mine = me as Mine;
  const row = (each: Source, index: number) =>
    h(
      'tr',
      { key: index },
      h(
        'th',
        { scope: 'row' },
        h('bdi', null, nameOf(kit, contest, each, language)),
        each.times > 1 && h('span', { class: 'muted' }, ` · ${say('times', { n: each.times })}`),
      ),
      h('td', { class: 'score' }, number(each.points)),
    );
  return h(
    'section',
    { class: 'half', role: 'group', 'aria-label': say('ownEntries'), part: 'entries' },
    h(`h${Math.min(6, heading + 1)}`, { class: 'sub' }, say('ownEntries')),
    mine.sources.length === 0
      ? h('p', { class: 'small muted' }, say('nothingYet'))
      : h(
          'table',
          { class: 'sources numbers small' },
          h('caption', { class: 'said' }, say('ownEntries')),
          h('tbody', null, mine.sources.map(row)),
          h(
            'tfoot',
            null,
            h('tr', null, h('th', { scope: 'row' }, say('total')), h('td', { class: 'score' }, number(mine.points))),
          ),
        ),
  );
}
