import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kit } from '../kit.ts';
import { readLearning } from './read.ts';
import type { LearningView } from './state.ts';
import { createLearning } from './store.ts';

vi.mock('./read.ts', () => ({ readLearning: vi.fn() }));

const see = (state: DocumentVisibilityState) =>
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(readLearning).mockReset();
});
afterEach(() => {
  see('visible');
  vi.useRealTimers();
});

/** A course whose only lesson opened a moment ago by the clock here, and has this state by that of the server. */
function open(state: 'locked' | 'open') {
  const opensAt = new Date(Date.now() - 5000).toISOString();
  const view = {
    course: { slug: 'garden' },
    outline: { nodes: [{ state, opensAt }] },
    progress: null,
    enrolment: null,
  };
  vi.mocked(readLearning).mockResolvedValue(view as unknown as LearningView);
  return createLearning(kit, { read: () => 'garden', emit: () => true, error: () => {} } as never);
}

test('a lesson that is still locked after its time is looked at again, while the page is seen', async () => {
  const learning = open('locked');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(readLearning).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readLearning).toHaveBeenCalledTimes(2);
  see('hidden');
  await vi.advanceTimersByTimeAsync(300_000);
  expect(readLearning).toHaveBeenCalledTimes(2);
  see('visible');
  await vi.advanceTimersByTimeAsync(2000);
  expect(readLearning).toHaveBeenCalledTimes(3);
  learning.stop();
});

test('a lesson that is open is not', async () => {
  const learning = open('open');
  await vi.advanceTimersByTimeAsync(300_000);
  expect(readLearning).toHaveBeenCalledTimes(1);
  learning.stop();
});
