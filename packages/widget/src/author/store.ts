import type { Signal } from '@preact/signals';
import type { Kit } from '../kit.ts';
import { answers } from './answers.ts';
import { createAutosave } from './autosave.ts';
import { type CourseForm, courseChanges, courseForm, emptyCourse } from './course-form.ts';
import type { Course } from './node.ts';
import type { DrawnRows } from './rows.ts';
import { type AuthorState, closed, emptyState, type Note, type Tab } from './state.ts';
import type { Nodes } from './tree.ts';
import type { AuthorKey } from './words.ts';

type Connection = NonNullable<ReturnType<Kit['session']['own']['peek']>>;
type Failure = { status?: number; code?: string; message?: string; errors?: { pointer: string; detail: string }[] };

const pageSize = 20;
const previewAfter = 500;

/** The state of one editor of courses, and what can be done with it. */
export type Author = ReturnType<typeof createAuthor>;

/** The courses there are, or one of them. `language`: of what is shown, for a new course. */
export function createAuthor(kit: Kit, first: string, language: () => string) {
  const { signal, session, call, later, checked } = kit;
  const read = <Route extends keyof typeof answers>(who: Connection, route: Route) =>
    checked(who, route, answers[route]);
  const state: Signal<AuthorState> = signal<AuthorState>(emptyState);
  const set = (changes: Partial<AuthorState>) => {
    state.value = { ...state.peek(), ...changes };
  };
  /** `fresh`: nodes added here whose title is still to come, and with it their id. */
  const self = {
    ...{ focus: null as string | null, generation: 0, fresh: new Set<string>() },
    rows: new Map() as DrawnRows,
  };
  const focus = (selector: string) => {
    self.focus = selector;
  };
  const renew = () => {
    self.generation += 1;
  };
  const autosave = createAutosave({ kit, get: () => state.peek(), set, renew });
  let turn = 0;
  /** Goes up whenever another course, or the list, is opened. */
  let visit = 0;

  /** Says why something did not work; of what is no longer `here`, without the fields that are wrong. */
  function fail(error: unknown, here: boolean): void {
    const { status = 0, code, message = '', errors } = error as Failure;
    const faults = Object.fromEntries(errors?.map(({ pointer, detail }) => [pointer, detail]) ?? []);
    if (code === 'slug_taken') faults['#/slug'] = message;
    if (code === 'program_not_found') faults['#/program'] = message;
    const found = here && Object.keys(faults).length > 0;
    const away = status < 400 || status >= 500;
    const key: AuthorKey = found ? 'notSaved' : status === 401 ? 'signedOutNow' : away ? 'notReached' : 'refused';
    const note: Note = { key, bad: true, ...(key === 'refused' && { detail: message }) };
    if (here) focus(found ? '[aria-invalid=true], .wrong[tabindex]' : '.told');
    set({ ...(here && { faults }), note, busy: false });
  }

  /**
   * Does something for the one who asks. `false` when it did not work, which is then said; `null` when something else is open by
   * the time it is answered, which `here` tells before.
   */
  async function act(
    work: (who: Connection, here: () => boolean) => Promise<void>,
    done?: AuthorKey,
  ): Promise<boolean | null> {
    const who = session.own.peek();
    if (!who || state.peek().busy) return false;
    const mine = visit;
    const here = () => mine === visit;
    set({ busy: true, note: null });
    try {
      await work(who, here);
      set({ busy: false, ...(here() && { faults: {}, ...(done && { note: { key: done, bad: false } }) }) });
      return here() || null;
    } catch (error) {
      fail(error, here());
      return here() ? false : null;
    }
  }

  async function readList(cursor?: string): Promise<void> {
    const who = session.own.peek();
    if (!who) return set({ courses: null });
    turn += 1;
    const mine = turn;
    try {
      const { items, nextCursor } = await read(who, 'GET /courses')({ limit: pageSize, ...(cursor && { cursor }) });
      if (mine !== turn) return;
      set({ courses: [...(cursor ? (state.peek().courses ?? []) : []), ...items], nextCursor, failed: false });
    } catch (error) {
      if (mine !== turn) return;
      const { status } = error as Failure;
      if (status === 401 || status === 403) set({ courses: null });
      else set({ failed: true, courses: state.peek().courses ?? [] });
    }
  }

  const isOpen = (id: string) => {
    const { open: now } = state.peek();
    return !!now && now !== 'new' && now.id === id;
  };

  /** Reads what a tab shows beside the course itself. */
  async function readTab(): Promise<void> {
    const who = session.own.peek();
    const { open, tab } = state.peek();
    if (!who || !open || open === 'new') return;
    const course = open.id;
    try {
      // Conditions and lessons name cohorts, so they are there whatever is shown.
      const cohorts = (await read(who, 'GET /courses/{course}/cohorts')({ course, limit: 100 })).items;
      const versions =
        tab === 'versions' ? (await read(who, 'GET /courses/{course}/versions')({ course, limit: 100 })).items : null;
      if (isOpen(course)) set({ cohorts, ...(versions && { versions }) });
    } catch {
      if (isOpen(course)) set({ failed: true });
    }
  }

  function show(tab: Tab): void {
    set({ tab, note: null, faults: {}, cohort: null, converted: null, migration: undefined });
    void readTab();
  }

  function open(course: Course | 'new', quietly = false): void {
    autosave.leave();
    visit += 1;
    renew();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const form = course === 'new' ? emptyCourse(zone, language()) : courseForm(course);
    set({ ...closed, open: course, form, tab: course === 'new' ? 'settings' : 'content' });
    // A page that has only just loaded keeps the focus where it is.
    if (!quietly) focus(course === 'new' ? '[data-at="#/name"]' : '.title');
    if (course === 'new') return;
    void autosave.read();
    void readTab();
  }

  async function openBy(reference: string, quietly: boolean): Promise<void> {
    const who = session.own.peek();
    if (!who) return set({ courses: null });
    visit += 1;
    const mine = visit;
    try {
      const course = await read(who, 'GET /courses/{course}')({ course: reference });
      if (mine === visit) open(course, quietly);
    } catch (error) {
      if (mine !== visit) return;
      const { status } = error as Failure;
      if (status === 401 || status === 403) return set({ courses: null });
      set({ note: { key: status === 404 ? 'notFound' : 'notReached', bad: true } });
      // Those there are stand below it, to choose from.
      if (!state.peek().courses) void readList();
    }
  }

  /**
   * The settings of a course as the API has them now. What was typed stays, but for what was `sent`. Answers whether nothing
   * else is open or typed.
   */
  function take(course: Course, sent?: CourseForm): boolean {
    const { open: now, form, courses } = state.peek();
    set({ courses: courses?.map((each) => (each.id === course.id ? course : each)) });
    if (!now || now === 'new' || now.id !== course.id || !form) return false;
    const typed = sent ? form !== sent : Object.keys(courseChanges(now, form)).length > 0;
    if (!typed) renew();
    set({ open: course, form: typed ? form : courseForm(course) });
    return !typed;
  }

  const render = later(async () => {
    const { preview } = state.peek();
    const who = session.own.peek();
    if (!preview || !who) return;
    const { id, markdown } = preview;
    const blocks = markdown
      ? await call(
          who,
          'POST /courses/render',
        )({ markdown }).then(
          (answer) => answer.blocks,
          () => null,
        )
      : [];
    const now = state.peek().preview;
    if (now?.id === id && now.markdown === markdown && blocks) set({ preview: { id, markdown, blocks } });
  }, previewAfter);

  const unwatch = session.watch(() => {
    const { open: now } = state.peek();
    if (now) void autosave.save();
    else if (first) void openBy(first, true);
    if (!first) void readList();
  });

  return {
    ...{ self, state, set, focus, renew, act, fail, open, openBy, isOpen, take, show, autosave, readTab, call, read },
    more: () => void readList(state.peek().nextCursor ?? undefined),
    reload(): void {
      const { open: now } = state.peek();
      if (now && now !== 'new') void Promise.all([autosave.read(), readTab()]);
      else if (first) void openBy(first, true);
      else void readList();
    },
    back(): void {
      const { open: was } = state.peek();
      autosave.leave();
      visit += 1;
      set(closed);
      focus(`[data-course="${was === 'new' ? '' : was?.id}"], .new`);
      void readList();
    },
    /** Takes a changed curriculum; it is saved in a moment. */
    change(nodes: Nodes, changes: Partial<AuthorState> = {}): void {
      autosave.change(nodes, changes);
    },
    /** Shows Markdown as learners will see it, once nobody has typed for a moment. */
    preview(id: string, markdown: string): void {
      const { preview } = state.peek();
      set({ preview: { id, markdown, blocks: preview?.id === id ? preview.blocks : null } });
      render.cancel();
      render.call();
    },
    stop(): void {
      turn += 1;
      unwatch();
      render.cancel();
      autosave.stop();
    },
  };
}
