import { LaurelError } from '@laurelkit/sdk/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Kit, kit } from '../kit.ts';
import { session } from '../stores/session.ts';
import { createLesson } from './store.ts';

beforeEach(() => {
  vi.useFakeTimers();
  session.identify('token');
});
afterEach(() => {
  session.identify(null);
  vi.useRealTimers();
});

test('a lesson that is still locked after its time is looked at again, but not at once', async () => {
  const opensAt = new Date(Date.now() - 5000).toISOString();
  const readLesson = vi.fn(() => Promise.reject(new LaurelError('lesson_locked', 422, 'It opens later.')));
  const outline = { course: 'garden', nodes: [{ id: 'l1', locks: [], opensAt }] };
  const given: Record<string, () => Promise<unknown>> = {
    'GET /courses/{course}/lessons/{lesson}': readLesson,
    'GET /courses/{course}/outline': async () => outline,
  };
  const checked = (_: unknown, route: string) => given[route] ?? (async () => null);
  const few = { ...kit, checked, whenLive: () => () => {} } as unknown as Kit;
  const attributes: Record<string, string> = { course: 'garden', lesson: 'l1' };
  const host = { read: (name: string) => attributes[name] ?? null, emit: () => true, error: () => {} };
  const lesson = createLesson(few, host as never);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(lesson.shown.peek().kind).toBe('locked');
  expect(readLesson).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(readLesson).toHaveBeenCalledTimes(2);
  lesson.stop();
});
