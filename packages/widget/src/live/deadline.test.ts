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

/** A contest whose end has come by the clock here alone: each reading answers the same. */
function disagree() {
  const read = vi.fn();
  const { watch, stop } = watchDeadline(() => {}, read);
  const contest = inMilliseconds(-1000);
  read.mockImplementation(() => watch(contest));
  watch(contest);
  return { contest, read, watch, stop };
}

test('reads ever more seldom while the server does not say so, and not for a contest that is over', () => {
  const { contest, read, stop } = disagree();
  vi.advanceTimersByTime(100_000);
  expect(read).toHaveBeenCalledTimes(4);
  vi.advanceTimersByTime(1_500_000);
  expect(read).toHaveBeenCalledTimes(8);
  stop();
  const none = vi.fn();
  watchDeadline(none, none).watch({ ...contest, state: 'closed' });
  vi.advanceTimersByTime(600_000);
  expect(none).not.toHaveBeenCalled();
});

test('what is told of the contest meanwhile does not make it more seldom', () => {
  const { contest, read, watch, stop } = disagree();
  for (let told = 0; told < 10; told++) watch(contest);
  vi.advanceTimersByTime(20_000);
  expect(read).toHaveBeenCalledTimes(3);
  stop();
});

test('does not read while the page is out of sight', () => {
  const { read, stop } = disagree();
  const see = (state: DocumentVisibilityState) =>
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  see('hidden');
  vi.advanceTimersByTime(600_000);
  expect(read).not.toHaveBeenCalled();
  see('visible');
  vi.advanceTimersByTime(2000);
  expect(read).toHaveBeenCalled();
  stop();
});
