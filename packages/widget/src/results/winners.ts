import type { View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';

/** Who won, by place, by the names as they may be shown; the visitor's own line is marked. */
export function winners({ h, cleanName }: Kit, { results, me }: View, { language }: Drawn) {
  const { say, number } = language;
  const items = results?.items ?? [];
  const prizes = new Set(items.map(({ prize }) => prize));
  return h(
    'table',
    { class: 'winners numbers' },
    h('caption', { class: 'said' }, say('results')),
    h(
      'thead',
      { class: 'small' },
      h(
        'tr',
        null,
        h('th', { scope: 'col' }, say('place')),
        h('th', { scope: 'col' }, say('winner')),
        prizes.size > 0 && h('th', { scope: 'col' }, say('prize')),
      ),
    ),
    h(
      'tbody',
      null,
      items.map(({ place, prize, entryId, name, state }, index) => {
        const mine = !!me?.won.some((won) => won.place === place && won.prize === prize && won.state === state);
        const gone = state === 'lapsed' || state === 'disqualified';
        return h(
          'tr',
          {
            key: `${entryId} ${index}`,
            class: `${mine ? 'own' : ''} ${gone ? 'gone' : ''}`,
            part: mine ? 'row row-me' : 'row',
          },
          h(
            'td',
            null,
            h('span', { class: `rank ${place <= 3 && !gone ? `medal m${place}` : ''}`, part: 'rank' }, number(place)),
          ),
          h(
            'th',
            { scope: 'row' },
            h(
              'span',
              { class: 'named' },
              h('bdi', { class: 'name', part: 'name', title: cleanName(name) }, cleanName(name)),
              mine && h('span', { class: 'badge', part: 'badge' }, say('you')),
            ),
            gone && h('span', { class: 'small muted' }, say(`won_${state}`)),
          ),
          h('td', null, h('bdi', null, cleanName(prize))),
        );
      }),
    ),
  );
}
