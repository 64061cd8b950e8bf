import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clock, peaksOf } from './peaks.ts';

test('no bar was played again more often, and after no bar did more stop', () => {
  const bars = fc.array(fc.record({ viewers: fc.nat(500), again: fc.nat(500) }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(bars, fc.integer({ min: 1, max: 60_000 }), (given, barMs) => {
      const viewersOf = given.map(({ viewers }) => viewers);
      const { again, left } = peaksOf({ barMs, viewersOf, playsOf: given.map((bar) => bar.viewers + bar.again) });
      expect(again?.times ?? 0).toBe(Math.max(...given.map((bar) => bar.again)));
      const losses = viewersOf.slice(1).map((viewers, place) => (viewersOf[place] ?? 0) - viewers);
      expect(left?.viewers ?? 0).toBe(Math.max(0, ...losses));
      if (again) expect(given[again.atMs / barMs]?.again).toBe(again.times);
    }),
  );
});

test('times are written as players write them', () => {
  expect([clock(0), clock(200_000), clock(3_800_000)]).toEqual(['0:00', '3:20', '1:03:20']);
});
