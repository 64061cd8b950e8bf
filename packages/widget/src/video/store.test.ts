import { LaurelError } from '@laurelkit/sdk/client';
import { afterEach, expect, test, vi } from 'vitest';
import { type Kit, kit } from '../kit.ts';
import { session } from '../stores/session.ts';
import { createLesson } from './store.ts';

const lesson = {
  ...{ id: 'intro', title: 'Intro', course: 'baking', state: 'open', positionMs: 0, watched: [], todo: [], blocks: [] },
  video: { provider: 'file', url: 'https://media.example/a.mp4', lengthMs: 60_000, captions: [], chapters: [] },
};
const progress = { enrolment: 'enrolment', seq: 1 };

afterEach(() => {
  session.identify(null);
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A lesson that is being read, until `answer` is called; what it follows is counted. */
async function reading() {
  vi.stubGlobal('fetch', () => new Promise(() => {}));
  const held: (() => void)[] = [];
  const followed = { live: 0 };
  const checked = (_: unknown, route: string) => () =>
    new Promise((answer) => held.push(() => answer(route.endsWith('/progress') ? progress : lesson)));
  const whenLive = () => {
    followed.live += 1;
    return () => {
      followed.live -= 1;
    };
  };
  const listening = vi.spyOn(globalThis, 'addEventListener');
  session.identify(() => 'token');
  const attributes: Record<string, string> = { course: 'baking', lesson: 'intro' };
  const host = { read: (name: string) => attributes[name], error: () => {}, say: () => {}, language: () => ({}) };
  const store = createLesson({ ...kit, checked, whenLive } as unknown as Kit, host as never);
  await vi.waitFor(() => expect(held).toHaveLength(2));
  listening.mockClear();
  const answer = async () => {
    for (const each of held.splice(0)) each();
    await new Promise((done) => setTimeout(done, 20));
  };
  return { store, answer, followed, listening, held };
}

test('a lesson that was read is watched and followed, until it is left', async () => {
  const { store, answer, followed } = await reading();
  await answer();
  expect(store.shown.peek().kind).toBe('watching');
  expect(followed.live).toBe(1);
  store.stop();
  expect(followed.live).toBe(0);
});

test('a lesson that is left while it is read is never followed', async () => {
  const { store, answer, followed, listening } = await reading();
  store.stop();
  await answer();
  expect(store.shown.peek().kind).toBe('reading');
  expect(followed.live).toBe(0);
  expect(listening).not.toHaveBeenCalled();
});

test('what was being read for somebody else is not followed once another is signed in', async () => {
  const { store, answer, followed, listening, held } = await reading();
  session.identify(() => 'another');
  await answer();
  expect(followed.live).toBe(0);
  expect(listening).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(held).toHaveLength(2));
  await answer();
  expect(store.shown.peek().kind).toBe('watching');
  expect(followed.live).toBe(1);
  store.stop();
});

test('a lesson that is still locked after its time is looked at again, but not at once', async () => {
  vi.useFakeTimers();
  session.identify('token');
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
  const store = createLesson(few, host as never);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(store.shown.peek().kind).toBe('locked');
  expect(readLesson).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(readLesson).toHaveBeenCalledTimes(2);
  store.stop();
});
