import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contestOf } from '../../gallery/scenario.ts';
import { watchDeadline } from './deadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const inMilliseconds = (left: number) => contestOf({ endsAt: new Date(Date.now() + left).toISOString() });

test('ticks once a minute, each second in the last hour, and reads when no time is left', () => {
  const [tick, read] = [vi.fn(), vi.fn()];
  const { watch } = watchDeadline(tick, read);
  watch(inMilliseconds(3_600_000 + 180_000));
  vi.advanceTimersByTime(180_000);
  expect(tick).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(10_000);
  expect(tick).toHaveBeenCalledTimes(13);
  expect(read).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3_600_000);
  expect(read).toHaveBeenCalledTimes(1);
});

test('reads at most four times for a server that does not say so, and not for a contest that is over', () => {
  const read = vi.fn();
  const { watch, stop } = watchDeadline(() => {}, read);
  const contest = inMilliseconds(-1000);
  read.mockImplementation(() => watch(contest));
  watch(contest);
  vi.advanceTimersByTime(600_000);
  expect(read).toHaveBeenCalledTimes(4);
  stop();
  const none = vi.fn();
  watchDeadline(none, none).watch({ ...contest, state: 'closed' });
  vi.advanceTimersByTime(600_000);
  expect(none).not.toHaveBeenCalled();
});
