import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Kit, kit } from '../kit.ts';
import { session } from '../stores/session.ts';
import { createAutosave } from './autosave.ts';
import { keptDraft } from './kept.ts';
import { type Draft, emptyNode } from './node.ts';
import { type AuthorState, emptyState } from './state.ts';
import type { Nodes } from './tree.ts';

const stops: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  session.identify(() => 'token');
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  session.identify(null);
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

const lesson = (title: string): Nodes => [emptyNode('one', null, 'lesson', title)];
const draftOf = (revision: number, nodes: Nodes) => ({ revision, nodes, retired: [], faults: [] }) as unknown as Draft;
const titleIn = (nodes: Nodes | null | undefined) => nodes?.[0]?.title;

/** A server that keeps drafts as the API does; what is asked of it waits until `answer` is called. */
async function write(courses: Record<string, Draft>) {
  const waiting: (() => void)[] = [];
  const puts: [course: string, revision: number, title: string | undefined][] = [];
  let lost = false;
  let held: 'GET' | 'PUT' | null = null;
  const arrive = (what: 'GET' | 'PUT') =>
    held === what ? new Promise<void>((done) => waiting.push(done)) : Promise.resolve();
  const call = () => async (given: { course: string; revision: number; nodes: Nodes }) => {
    puts.push([given.course, given.revision, titleIn(given.nodes)]);
    const conflict = courses[given.course]?.revision !== given.revision;
    const saved = draftOf(given.revision + 1, given.nodes);
    if (!conflict) courses[given.course] = saved;
    await arrive('PUT');
    if (lost) throw new Error('No answer');
    if (conflict) throw Object.assign(new Error('Saved meanwhile'), { status: 409, code: 'draft_conflict' });
    return saved;
  };
  const checked =
    () =>
    async ({ course }: { course: string }) => {
      await arrive('GET');
      return courses[course];
    };
  let state: AuthorState = emptyState;
  const set = (changes: Partial<AuthorState>) => {
    state = { ...state, ...changes };
  };
  const desk = { kit: { ...kit, call, checked } as unknown as Kit, get: () => state, set, renew: () => {} };
  const autosave = createAutosave(desk);
  stops.push(autosave.stop);
  const open = async (id: string) => {
    autosave.leave();
    set({ open: { id } as never, nodes: null, saving: 'saved' });
    await autosave.read();
  };
  await open('a');
  return {
    ...{ autosave, open, puts, courses, state: () => state },
    hold: (what: typeof held) => {
      held = what;
    },
    lose: (to: boolean) => {
      lost = to;
    },
    /** Lets what was asked be answered, and what is asked then, as soon as it is asked. */
    answer: async () => {
      held = null;
      for (const each of waiting.splice(0)) each();
      await vi.advanceTimersByTimeAsync(50);
    },
  };
}

test('however many wait for one save, the next is one, made from what that has saved', async () => {
  const { autosave, hold, answer, puts, state } = await write({ a: draftOf(1, lesson('A')) });
  hold('PUT');
  autosave.change(lesson('A one'));
  void autosave.save();
  await vi.advanceTimersByTimeAsync(10);
  autosave.change(lesson('A two'));
  for (const _ of [1, 2, 3]) void autosave.save();
  await answer();
  await vi.advanceTimersByTimeAsync(5000);
  expect(puts).toEqual([
    ['a', 1, 'A one'],
    ['a', 2, 'A two'],
  ]);
  expect([state().saving, titleIn(state().nodes)]).toEqual(['saved', 'A two']);
});

test('a save whose answer was lost is no conflict with oneself', async () => {
  const { autosave, lose, puts, state } = await write({ a: draftOf(1, lesson('A')) });
  lose(true);
  autosave.change(lesson('A one'));
  await autosave.save();
  expect(state().saving).toBe('away');
  lose(false);
  await autosave.save();
  await vi.advanceTimersByTimeAsync(5000);
  expect([state().saving, titleIn(state().nodes), state().theirs]).toEqual(['saved', 'A one', null]);
  expect(puts).toHaveLength(2);
});

test('what is typed while the draft is saved is kept when another course is opened', async () => {
  const { autosave, open, hold, answer, state, courses } = await write({
    a: draftOf(1, lesson('A')),
    b: draftOf(7, lesson('B')),
  });
  hold('PUT');
  autosave.change(lesson('A one'));
  void autosave.save();
  await vi.advanceTimersByTimeAsync(10);
  autosave.change(lesson('A two'));
  void open('b');
  await answer();
  expect(titleIn(state().nodes)).toBe('B');
  expect(keptDraft('a')).toMatchObject({ revision: 2, nodes: [{ title: 'A two' }] });
  await open('a');
  await vi.advanceTimersByTimeAsync(5000);
  expect([titleIn(courses.a?.nodes), state().saving, keptDraft('a')]).toEqual(['A two', 'saved', null]);
});

test('a conflict that is heard of once another course is open changes nothing there', async () => {
  const { autosave, open, hold, answer, puts, state, courses } = await write({
    a: draftOf(1, lesson('A')),
    b: draftOf(7, lesson('B')),
  });
  courses.a = draftOf(2, lesson('Theirs'));
  autosave.change(lesson('A one'));
  hold('GET');
  const saved = autosave.save();
  await vi.advanceTimersByTimeAsync(10);
  hold(null);
  await open('b');
  await answer();
  await saved;
  await vi.advanceTimersByTimeAsync(5000);
  expect([titleIn(state().nodes), state().theirs, state().saving]).toEqual(['B', null, 'saved']);
  expect(puts.filter(([course]) => course === 'b')).toEqual([]);
});
