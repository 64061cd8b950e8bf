import { expect, test } from 'vitest';
import { clockTime } from './clock-time.ts';
import { shareOf } from './share.ts';

test('the share that was played is rounded down, and of nothing nothing', () => {
  expect(shareOf([[0, 999]], [0, 1000])).toBe(99);
  expect(
    shareOf(
      [
        [0, 600],
        [500, 1000],
      ],
      [0, 1000],
    ),
  ).toBe(100);
  expect(shareOf([[0, 600]], [5, 5])).toBe(0);
});

test.each([
  [0, '0:00'],
  [64_999, '1:04'],
  [3_723_000, '1:02:03'],
])('%i ms is %s', (milliseconds, text) => {
  expect(clockTime(milliseconds)).toBe(text);
});
