import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oddsOf } from './odds.ts';

test('one winner: all tickets by own ones, at two digits', () => {
  expect(oddsOf(12, 3480, 1)).toEqual({ kind: 'one', in: 290 });
  expect(oddsOf(1, 1_234_567, 1)).toEqual({ kind: 'one', in: 1_200_000 });
  expect(oddsOf(1, 3, 1)).toEqual({ kind: 'one', in: 3 });
});

test('nothing without tickets, certain alone, a share above a half', () => {
  expect(oddsOf(0, 10, 1)).toEqual({ kind: 'none' });
  expect(oddsOf(4, 4, 1)).toEqual({ kind: 'certain' });
  expect(oddsOf(3, 4, 1)).toEqual({ kind: 'share', of: 0.75 });
  expect(oddsOf(1, 3, 3)).toEqual({ kind: 'share', of: 0.99 });
});

test('more winners never make it worse, and nobody is promised what is not certain', () => {
  const chance = (own: number, all: number, winners: number) => {
    const odds = oddsOf(own, all, winners);
    return odds.kind === 'one' ? 1 / odds.in : odds.kind === 'share' ? odds.of : Number(odds.kind === 'certain');
  };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 50 }),
      (own, others, winners) => {
        const all = own + others;
        expect(chance(own, all, winners + 1)).toBeGreaterThanOrEqual(chance(own, all, winners) * 0.94);
        expect(chance(own, all, winners)).toBeLessThan(1);
        expect(chance(own, all, winners)).toBeGreaterThan(0);
      },
    ),
  );
});
