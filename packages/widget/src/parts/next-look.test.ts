import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilNextLook } from './next-look.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const inMilliseconds = (wait: number) => new Date(Date.now() + wait).toISOString();

test('looks when the first thing opens, at least once an hour, never where nothing opens by the clock', () => {
  expect(untilNextLook([inMilliseconds(90_000), null, inMilliseconds(5000)])).toBe(5500);
  expect(untilNextLook([inMilliseconds(100 * 3_600_000)])).toBe(3_600_000);
  expect(untilNextLook([null, undefined])).toBe(Number.POSITIVE_INFINITY);
  expect(untilNextLook([])).toBe(Number.POSITIVE_INFINITY);
});

test('looks again after a while at what should be open by a clock that is fast', () => {
  expect(untilNextLook([inMilliseconds(-1), inMilliseconds(600_000)])).toBe(60_000);
  expect(untilNextLook([inMilliseconds(-1), inMilliseconds(1000)])).toBe(1500);
});
