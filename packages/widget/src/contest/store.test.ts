import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contestOf } from '../../gallery/scenario.ts';
import { kit } from '../kit.ts';
import { readContest } from './read.ts';
import type { View } from './state.ts';
import { createContest } from './store.ts';

vi.mock('./read.ts', () => ({ readContest: vi.fn() }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(readContest).mockReset();
});
afterEach(() => {
  vi.useRealTimers();
});

const few = { ...kit, whenLive: () => () => {} };
const contest = contestOf({ endsAt: new Date(Date.now() + 3_600_000).toISOString() });
const past = new Date(Date.now() - 5000).toISOString();

test.each([
  ['a step', { me: { actions: [{ opensAt: past }] }, draw: null }],
  ['a draw', { me: null, draw: { randomness: null, freeze: { roundAt: past } } }],
])('%s that is still waited for after its time is looked at again', async (_, parts) => {
  vi.mocked(readContest).mockResolvedValue({ contest, link: null, ...parts } as unknown as View);
  const store = createContest(few, { read: () => 'spring', emit: () => true, error: () => {} } as never);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(readContest).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readContest).toHaveBeenCalledTimes(2);
  store.stop();
});
