import type { Kit } from '../kit.ts';
import type { OwnStore } from '../own/state.ts';
import type { Drawn } from '../views/kind.ts';
import { item } from './item.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** Referrals that are being checked, in a sentence, and those that were not counted, with a way to ask again. */
export function reviews(kit: Kit, store: OwnStore, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  const all = store.state.reviews;
  const open = all.filter(({ state }) => state === 'open').length;
  const rejected = all.filter(({ state }) => state === 'rejected' || state === 'appealed');
  return h(
    'section',
    { key: 'reviews', class: 'reviews', part: 'reviews', 'aria-label': say('checks') },
    open > 0 && h('p', { class: 'note small' }, say('beingChecked', { n: open })),
    rejected.length > 0 &&
      h(
        'details',
        null,
        h('summary', { class: 'small' }, say('notCounted', { n: rejected.length })),
        h(
          'ul',
          { class: 'list' },
          rejected.map((review) => item(kit, store, review, drawn)),
        ),
      ),
  );
}
