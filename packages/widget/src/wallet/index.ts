import type { Kit } from '../kit.ts';
import type { OwnStore } from '../own/state.ts';
import type { Drawn } from '../views/kind.ts';
import { balances } from './balances.ts';
import { milestones } from './milestones.ts';
import { rewards } from './rewards.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** What the participant earned: the next milestone, sums by currency, and each reward with what became of it. */
export function wallet(kit: Kit, store: OwnStore, drawn: Drawn) {
  const { wallet } = store.state;
  if (!wallet) return null;
  const { h } = kit;
  const { language, heading } = drawn;
  return h(
    'section',
    { key: 'wallet', class: 'wallet', part: 'wallet', 'aria-label': language.say('rewards') },
    h(`h${Math.min(6, heading + 1)}`, { class: 'sub' }, language.say('rewards')),
    h(
      'div',
      { class: 'sums' },
      balances(kit, wallet, language),
      wallet.milestones.length > 0 && milestones(kit, wallet, language),
    ),
    wallet.rewards.length > 0
      ? rewards(kit, store, wallet, drawn)
      : h('p', { class: 'muted small' }, language.say('noRewards')),
  );
}
