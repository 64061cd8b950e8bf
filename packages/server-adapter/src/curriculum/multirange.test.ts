import { type Interval, union } from '@laurelkit/sdk/progress';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMultirange, writeMultirange } from './multirange.ts';

it('reads what PostgreSQL writes', () => {
  expect(readMultirange('{}')).toEqual([]);
  expect(readMultirange('{[0,1000),[2000,3000)}')).toEqual([
    [0, 1000],
    [2000, 3000],
  ]);
  expect(readMultirange('{(4,9]}')).toEqual([[5, 10]]);
});

it('writes what it reads, as the union', () => {
  const interval = fc
    .tuple(fc.nat(100_000), fc.nat(100_000))
    .map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]);
  fc.assert(
    fc.property(fc.array(interval), (intervals) => {
      expect(readMultirange(writeMultirange(intervals))).toEqual(union(intervals));
    }),
  );
});
