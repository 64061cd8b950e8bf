import type { ContestStore, Mine, View, Won } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { claim } from './claim.ts';

/** What the visitor won and what became of it; kindly, where it was nothing. */
export function own(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h, cleanName } = kit;
  const { say } = drawn.language;
  const { contest, results, me } = store.state.value.view as View;
  const { won, disqualified, points } = me as Mine;
  if (disqualified) return null;
  const known = results?.published && results.items.length > 0;
  if (won.length === 0)
    return known && points > 0 ? h('p', { class: 'place' }, h('span', null, say('ownNothing'))) : null;
  const what = (each: Won) => {
    if (each.state === 'claimed') return say('ownClaimed');
    if (each.state === 'lapsed') return say('ownLapsed');
    if (each.state === 'disqualified') return say('ownDisqualified');
    return contest.claim && each.winner ? null : say('ownReady');
  };
  return won.map((each, index) => {
    const words = what(each);
    const good = each.state === 'selected' || each.state === 'claimed';
    return h(
      'div',
      {
        key: each.winner ?? index,
        class: good ? 'panel prized' : 'panel',
        part: 'claim',
        tabIndex: -1,
        'data-won': each.winner ?? index,
      },
      h(
        'p',
        { class: 'facts' },
        h('b', null, say('ownWon', { prize: cleanName(each.prize) })),
        each.place !== null && h('span', { class: 'small muted numbers' }, say('ownPlace', { place: each.place })),
      ),
      words ? h('p', { class: 'small' }, words) : claim(kit, store, each, drawn),
    );
  });
}
