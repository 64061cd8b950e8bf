import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { Wallet } from '../own/state.ts';
import { day } from '../parts/day.ts';
import { money } from './money.ts';

type Balance = Wallet['balances'][number];
type Part = 'earned' | 'checked' | 'onItsWay' | 'paid';

const partsOf = ({ approved, held, inPayout, paid }: Balance): [Part, number][] => [
  ['earned', approved],
  ['checked', held],
  ['onItsWay', inPayout],
  ['paid', paid],
];

/** Until when the last reward of a currency is checked; `''` when not all are known or nobody knows. */
function checkedUntil({ rewards, nextCursor }: Wallet, currency: string, locale: string): string {
  const held = rewards.filter(({ state, amount }) => state === 'held' && amount?.currency === currency);
  const until = held.map(({ heldUntil }) => heldUntil ?? '').sort();
  return until[0] && nextCursor === null ? day(locale, until.at(-1) as string) : '';
}

/** The sums of each currency: earned, being checked and until when, on its way, paid. What is nothing is left out. */
export const balances = ({ h }: Kit, wallet: Wallet, { say, locale }: Language) =>
  wallet.balances.map((balance) => {
    const { currency } = balance;
    const parts = partsOf(balance).filter(([part, minor]) => part === 'earned' || minor !== 0);
    const until = checkedUntil(wallet, currency, locale);
    return h(
      'div',
      { key: currency, class: 'balance numbers', part: 'balance' },
      h(
        'dl',
        null,
        parts.map(([part, minor]) =>
          h(
            'div',
            { key: part, class: `sum ${part}` },
            h(
              'dt',
              { class: 'small' },
              part === 'checked' && until ? say('checkedUntil', { date: until }) : say(minor < 0 ? 'setOff' : part),
            ),
            h('dd', null, h('bdi', null, money(locale, minor, currency))),
          ),
        ),
      ),
      parts.length > 1 &&
        h(
          'div',
          { class: 'shares', 'aria-hidden': true },
          parts.map(([part, minor]) => h('i', { key: part, class: part, style: { flexGrow: Math.max(0, minor) } })),
        ),
    );
  });
