import {
  drawOrder,
  drawPositions,
  merkleSumReceipts,
  otpChain,
  rfc3797,
  toHex,
  verifyDrandRound,
  verifyReceipt,
} from '@laurelkit/server-adapter/draws';
import { describe, expect, it } from 'vitest';

const round1000 = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
const randomness = 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd';
/** Of the example in `docs/draws.md`. */
const salt = 'bfc20924053d80cf4eabf176049929bc4f10dc127688b35f096793d2a02f3e81';
const entries = [
  { id: '5hYt-2RkPz8uQmWd', weight: 5 },
  { id: 'Zq3vB0x7TnLw9aKe', weight: 1 },
  { id: 'cJ6sD1fGv_4iXoNb', weight: 2 },
];

// What hosts import, not what our own packages do.
describe('@laurelkit/server-adapter/draws', () => {
  it('checks round 1000 of quicknet', () => {
    expect(verifyDrandRound({ round: 1000, signature: round1000 })).toEqual({ valid: true, randomness });
    expect(verifyDrandRound({ round: 1001, signature: round1000 })).toEqual({ valid: false, randomness: null });
  }, 20_000);

  it('draws as published', () => {
    const positions = drawPositions({ salt, randomness, entries });
    expect(toHex(positions.get('5hYt-2RkPz8uQmWd') as Uint8Array)).toBe(
      '1578f948b6af8ee5dc3ba33d749f1f9fe6e08ed570ac6f8a63286ee516fe8a42',
    );
    expect(drawOrder(positions)).toEqual(['5hYt-2RkPz8uQmWd', 'cJ6sD1fGv_4iXoNb', 'Zq3vB0x7TnLw9aKe']);
    const receipts = merkleSumReceipts(entries);
    expect([...receipts.values()].every((receipt) => verifyReceipt(receipt))).toBe(true);
    const chain = otpChain(new Uint8Array(32), 3);
    expect(chain).toHaveLength(4);
  });

  it('selects as RFC 3797 does in its example', () => {
    const sources = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]];
    const { picks } = rfc3797({ sources, poolSize: 25, picks: 10 });
    expect(picks.map(({ pick }) => pick)).toEqual([17, 7, 2, 16, 25, 23, 8, 24, 19, 13]);
  });
});
