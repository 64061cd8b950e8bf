import { afterEach, expect, test, vi } from 'vitest';
import { kit } from '../kit.ts';
import type { LearningKit } from '../learning/kit.ts';
import type { Learning, LearningState } from '../learning/state.ts';
import { session } from '../stores/session.ts';
import { createCourse } from './store.ts';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  session.identify(null);
  document.body.replaceChildren();
});

const viewOf = (enrolment: string) => ({
  course: { slug: 'baking' },
  outline: { nodes: ['one', 'two'].map((id) => ({ id, type: 'lesson', state: 'open', title: id })) },
  progress: null,
  enrolment: { id: enrolment, state: 'active' },
});

const later = () => new Promise((done) => setTimeout(done, 5));

/** A course that is open, with everything that records what is done in it. */
async function learn() {
  const recorders: {
    learner: string;
    token: unknown;
    opened: string[];
    areas: unknown[];
    told: string[];
    stopped: boolean;
  }[] = [];
  const createRecorder = (_: unknown, { learner }: { learner: string }) => {
    const made = { learner, token: session.own.peek()?.token, opened: [] as string[], areas: [] as unknown[] };
    const kept = { ...made, told: [] as string[], stopped: false };
    recorders.push(kept);
    return {
      outbox: { record: async ({ kind }: { kind: string }) => void kept.told.push(kind) },
      open(lesson: string, area: unknown) {
        kept.opened.push(lesson);
        kept.areas.push(area);
      },
      close: () => {},
      stop() {
        kept.stopped = true;
      },
    };
  };
  const state = kit.signal<LearningState>({ view: null, failed: false, offline: false });
  const see = (view: unknown) => {
    state.value = { view: view as LearningState['view'], failed: false, offline: false };
  };
  const learning = {
    ...{ state, read: async () => true, changed: async () => {}, stop: () => {} },
    took: vi.fn(),
  } satisfies Learning;
  const parts = { createLearning: () => learning, createEnrolling: () => ({}), zoneOf: () => 'UTC' };
  const checked =
    () =>
    async ({ lesson }: { lesson: string }) => ({ id: lesson, title: lesson, kind: 'page', todo: [] });
  const complete = vi.fn();
  const given = { ...kit, checked, call: () => complete, learning: parts, chunk: () => ({ createRecorder }) };
  const attributes: Record<string, string> = { course: 'baking' };
  const host = { read: (name: string) => attributes[name], error: () => {}, say: () => {}, language: () => ({}) };
  session.identify(() => 'token');
  const store = createCourse(given as unknown as LearningKit, host as never);
  stops.push(store.stop);
  const element = document.body.appendChild(document.createElement('div'));
  const root = element.attachShadow({ mode: 'open' });
  /** As the element does: draws the lesson anew, then says so. */
  const draw = async () => {
    root.innerHTML = '<article class="lessonpage"></article>';
    store.arrive(root);
    await later();
    store.arrive(root);
  };
  see(viewOf('mira'));
  await draw();
  return { store, see, draw, recorders, root, complete, learning };
}

test('a learner with another token is recorded with it, where the lesson is shown now', async () => {
  const { see, draw, recorders, root, store } = await learn();
  expect(recorders).toMatchObject([{ learner: 'mira', opened: ['one'], stopped: false }]);
  const stop = vi.fn();
  store.video = { lesson: 'one', store: { stop, meet: () => {} } };
  see(null);
  session.identify(() => 'renewed');
  expect(recorders).toMatchObject([{ stopped: true }]);
  expect(stop).toHaveBeenCalledOnce();
  see(viewOf('mira'));
  await draw();
  expect(recorders).toMatchObject([{ stopped: true }, { learner: 'mira', opened: ['one'], stopped: false }]);
  expect(recorders[1]?.token).toBe(session.own.peek()?.token);
  expect(recorders[1]?.areas).toEqual([root.querySelector('.lessonpage')]);
  expect(store.place.peek()).toMatchObject({ lesson: 'one', page: { id: 'one' } });
});

test('nothing is recorded for one learner as another', async () => {
  const { see, draw, recorders, store } = await learn();
  see(null);
  session.identify(() => 'another');
  see(viewOf('noor'));
  // The first drawing comes before it is known whose lesson that is.
  expect(store.recording()).toBeUndefined();
  await draw();
  expect(recorders.map(({ learner, stopped }) => [learner, stopped])).toEqual([
    ['mira', true],
    ['noor', false],
  ]);
});

/** Marks the lesson that is shown as done; answered by `answer` or `refuse`. */
async function mark({ store, complete }: Awaited<ReturnType<typeof learn>>) {
  let answer: (progress: unknown) => void = () => {};
  let refuse: (problem: unknown) => void = () => {};
  const answered = new Promise((done, fail) => {
    [answer, refuse] = [done, fail];
  });
  complete.mockImplementationOnce(() => answered);
  const marked = store.markDone();
  await later();
  const done = { percent: 50, nodes: [{ id: 'one', state: 'done' }] };
  return {
    marked,
    answer: () => answer(done),
    refuse: () => refuse({ status: 0 }),
    forbid: () => refuse({ status: 409 }),
  };
}

test('what became of marking one lesson is not told at another', async () => {
  const course = await learn();
  const { marked, forbid } = await mark(course);
  course.store.choose('two');
  await course.draw();
  const { marked: other, answer } = await mark(course);
  forbid();
  await marked;
  expect(course.store.place.peek()).toMatchObject({ lesson: 'two', marking: true, notMarked: null });
  answer();
  await other;
  expect(course.store.place.peek()).toMatchObject({ lesson: 'two', marking: false });
});

test('what one learner marked as done is neither shown nor kept as another’s', async () => {
  for (const end of ['answer', 'refuse'] as const) {
    const course = await learn();
    const { see, draw, store, learning, recorders } = course;
    const marking = await mark(course);
    see(null);
    session.identify(() => 'another');
    see(viewOf('noor'));
    await draw();
    marking[end]();
    await marking.marked;
    expect(learning.took).not.toHaveBeenCalled();
    expect(store.place.peek()).toMatchObject({ marking: false });
    expect(recorders.map(({ told }) => told.length)).toEqual([end === 'refuse' ? 1 : 0, 0]);
  }
});
