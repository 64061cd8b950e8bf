import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addUp, barsOf, eachManieth, timesPlayed } from './bars.ts';

it('cuts any video into at most 200 bars that cover it, none of them empty', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 86_400_000 }), (lengthMs) => {
      const { barMs, count } = barsOf(lengthMs);
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(200);
      expect(barMs).toBeGreaterThanOrEqual(1000);
      expect(count * barMs).toBeGreaterThanOrEqual(lengthMs);
      expect((count - 1) * barMs).toBeLessThan(lengthMs);
    }),
  );
});

it('counts what covers a bar whole, and rounds what is left', () => {
  const bars = { lengthMs: 2500, barMs: 1000, count: 3 };
  // Played from 0.4 s to the end, and twice from 1 s to 1.6 s.
  const changes = [
    { bar: 0, step: 1, extra: -400 },
    { bar: 1, step: 0, extra: 1200 },
    { bar: 2, step: -1, extra: 500 },
  ];
  expect(timesPlayed(bars, changes)).toEqual([1, 2, 1]);
});

it('adds up what was counted apart', () => {
  const apart = [
    { bar: -1, step: 2, extra: 0 },
    { bar: 3, step: 1, extra: 5 },
    { bar: -1, step: 1, extra: 0 },
    { bar: 3, step: -4, extra: 2 },
  ];
  expect(addUp(apart)).toEqual([
    { bar: -1, step: 3, extra: 0 },
    { bar: 3, step: -3, extra: 7 },
  ]);
});

it.each([
  [0, 1],
  [20_000, 1],
  [20_001, 2],
  [100_000, 8],
])('counts of %i viewers each %ith', (viewers, manieth) => {
  expect(eachManieth(viewers)).toBe(manieth);
});
