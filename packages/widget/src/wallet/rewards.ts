import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { OwnStore, Reward, Wallet } from '../own/state.ts';
import { day } from '../parts/day.ts';
import type { Drawn } from '../views/kind.ts';
import { coupon } from './coupon.ts';
import { money } from './money.ts';

/** What became of a reward, in words. */
function stateOf({ state, heldUntil, kind }: Reward, { say, locale }: Language): string {
  if (state === 'held') return heldUntil ? say('checkedUntil', { date: day(locale, heldUntil) }) : say('checked');
  if (state === 'approved') return say(kind === 'coupon' || kind === 'item' ? 'beingMade' : 'earned');
  return say(state);
}

/** What it is worth: money, points, or the name of the thing. */
function worth({ amount, points, item }: Reward, { say, locale }: Language, cleanName: Kit['cleanName']): string {
  if (amount) return money(locale, amount.minor, amount.currency);
  if (points !== null) return say('points', { n: points });
  return item ? cleanName(item) : '';
}

const gone = ['rejected', 'reversed', 'expired', 'capped'];

/** Each reward with what it is for, what became of it and when; the newest first, page by page. */
export function rewards(kit: Kit, store: OwnStore, { rewards, nextCursor }: Wallet, drawn: Drawn) {
  const { h, cleanName } = kit;
  const { language } = drawn;
  const { more } = store.state;
  const row = (reward: Reward) =>
    h(
      'li',
      {
        key: reward.id,
        class: `reward ${gone.includes(reward.state) ? 'gone' : reward.state}`,
        part: 'reward',
        tabIndex: -1,
      },
      h(
        'p',
        { class: 'what' },
        h('bdi', { class: 'name' }, cleanName(reward.ruleName)),
        h('span', { class: 'state small' }, h('span', null, stateOf(reward, language))),
      ),
      h(
        'p',
        { class: 'gain' },
        h('bdi', { class: 'worth' }, worth(reward, language, cleanName)),
        h('time', { class: 'muted small', dateTime: reward.earnedAt }, day(language.locale, reward.earnedAt)),
      ),
      reward.code && coupon(kit, store, reward.id, reward.code, drawn),
    );
  async function onMore({ currentTarget }: { currentTarget: Element }) {
    const list = currentTarget.parentElement?.querySelector('.rewards');
    await store.showMore();
    // Focus must not fall off the page with a button that goes.
    setTimeout(() => {
      if (!currentTarget.isConnected) list?.querySelectorAll<HTMLElement>('.reward')[rewards.length]?.focus();
    }, 50);
  }
  return [
    h('ul', { key: 'rewards', class: 'rewards numbers' }, rewards.map(row)),
    nextCursor &&
      h(
        'button',
        { key: 'more', type: 'button', class: 'button quiet', 'aria-busy': more === 'busy', onClick: onMore },
        language.say('more'),
      ),
    more === 'failed' && h('p', { key: 'failed', class: 'note small', part: 'error' }, language.say('failed')),
  ];
}
