import type { Api } from '@laurelkit/sdk/client';
import type { Kit } from '../kit.ts';
import { answers } from './answers.ts';
import type { LearnersKey } from './words.ts';

type Given<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;
export type Learner = Given<Api['insight']['learners']>['items'][number];
export type Funnel = Given<Api['insight']['funnel']>;
export type HeatMap = Given<Api['insight']['heatMap']>;
export type ProgressEvent = Given<Api['progress']['events']>['items'][number];
type Course = Given<Api['courses']['get']>;
type Cohort = Given<Api['enrolments']['listCohorts']>['items'][number];
type OutlineNode = Given<Api['lessons']['outline']>['nodes'][number];
type Connection = NonNullable<ReturnType<Kit['session']['own']['peek']>>;
type Failure = { status?: number; code?: string; message?: string };

export type Tab = 'learners' | 'funnel' | 'heat';
export type Sort = 'active' | 'percent' | 'name';
/** What is about to be done, until what it needs is said. */
export type Asking = 'sign' | 'move' | 'cancel' | 'enrol';

/** What is shown of those who learn. */
export interface LearnersState {
  /** `undefined` until the first answer, `null` when the visitor is no staff. */
  course: Course | null | undefined;
  cohorts: readonly Cohort[];
  lessons: readonly OutlineNode[];
  tab: Tab;
  cohort: string;
  sort: Sort;
  q: string;
  items: readonly Learner[] | null;
  nextCursor: string | null;
  funnel: Funnel | null;
  heat: HeatMap | null;
  /** The video whose heat map is shown. */
  lesson: string;
  open: Learner | null;
  events: readonly ProgressEvent[] | null;
  eventsCursor: string | null;
  asking: Asking | null;
  note: { key: LearnersKey; bad: boolean; detail?: string } | null;
  /** Live messages since what is shown was read. */
  changes: number;
  busy: boolean;
  failed: boolean;
}

/** The state of one view of learners, and what can be done with it. */
export type Learners = ReturnType<typeof createLearners>;

const pageSize = 20;
const most = 100;
const typedAfter = 350;

/** Those who learn a course, read again when the reader wants to. */
export function createLearners(kit: Kit, course: string, cohort: string) {
  const { signal, session, call, checked, later, whenLive } = kit;
  const state = signal<LearnersState>({
    ...{ course: undefined, cohorts: [], lessons: [], tab: 'learners', cohort, sort: 'active', q: '', items: null },
    ...{ nextCursor: null, funnel: null, heat: null, lesson: '', open: null, events: null, eventsCursor: null },
    ...{ asking: null, note: null, changes: 0, busy: false, failed: false },
  });
  const set = (changes: Partial<LearnersState>) => {
    state.value = { ...state.peek(), ...changes };
  };
  const self = { focus: null as string | null };
  const focus = (selector: string) => {
    self.focus = selector;
  };
  const read = <Route extends keyof typeof answers>(who: Connection, route: Route) =>
    checked(who, route, answers[route]);
  const within = () => {
    const { cohort: chosen } = state.peek();
    return { course, ...(chosen && { cohort: chosen }) };
  };
  let turn = 0;

  async function readTab(who: Connection, more?: string): Promise<Partial<LearnersState>> {
    const { tab, sort, q, items, lesson } = state.peek();
    if (tab === 'funnel') return { funnel: await read(who, 'GET /courses/{course}/funnel')(within()) };
    if (tab === 'heat') {
      const route = 'GET /courses/{course}/lessons/{lesson}/heat-map';
      return { heat: lesson ? await read(who, route)({ ...within(), lesson }) : null };
    }
    // What is read again is as long as it was.
    const limit = more ? pageSize : Math.min(most, Math.max(pageSize, items?.length ?? 0));
    const asked = { ...within(), sort, limit, ...(q && { q }), ...(more && { cursor: more }) };
    const page = await read(who, 'GET /courses/{course}/learners')(asked);
    return { items: [...(more ? (items ?? []) : []), ...page.items], nextCursor: page.nextCursor };
  }

  /** Reads what the tab shows; only the newest reading counts. */
  async function refresh(more?: string): Promise<void> {
    const who = session.own.peek();
    if (!who) return set({ course: null });
    turn += 1;
    const mine = turn;
    set({ busy: true });
    try {
      const shown = await readTab(who, more);
      if (mine === turn) set({ ...shown, busy: false, failed: false, ...(!more && { changes: 0 }) });
    } catch (error) {
      if (mine !== turn) return;
      const { status } = error as Failure;
      if (status === 401 || status === 403) set({ course: null, busy: false });
      else set({ failed: true, busy: false });
    }
  }

  async function begin(): Promise<void> {
    const who = session.own.peek();
    if (!who) return set({ course: null });
    try {
      const [found, cohorts] = await Promise.all([
        call(who, 'GET /courses/{course}')({ course }),
        call(who, 'GET /courses/{course}/cohorts')({ course, limit: most }),
      ]);
      // A course that was never published has no outline, and nobody learns it.
      const outline = await call(who, 'GET /courses/{course}/outline')({ course }).catch(() => null);
      const lessons = outline?.nodes.filter(({ type }) => type === 'lesson') ?? [];
      const lesson = lessons.find(({ kind }) => kind === 'video')?.id ?? '';
      set({ course: found, cohorts: cohorts.items, lessons, lesson, failed: false });
      await refresh();
    } catch (error) {
      const { status } = error as Failure;
      if (status === 401 || status === 403) set({ course: null });
      else set({ failed: true });
    }
  }

  async function readEvents(more?: string): Promise<void> {
    const who = session.own.peek();
    const { open, events } = state.peek();
    if (!who || !open) return;
    const asked = { enrolment: open.enrolment, limit: pageSize, ...(more && { cursor: more }) };
    const page = await read(who, 'GET /enrolments/{enrolment}/events')(asked).catch(() => null);
    if (state.peek().open?.enrolment !== open.enrolment) return;
    if (!page) set({ note: { key: 'notRead', bad: true } });
    else set({ events: [...(more ? (events ?? []) : []), ...page.items], eventsCursor: page.nextCursor });
  }

  const typed = later(() => void refresh(), typedAfter);
  const unwatch = session.watch(() => void begin());
  const stopLive = whenLive((live) =>
    live.listen(`cohort:${course}`, {
      message: () => set({ changes: state.peek().changes + 1 }),
      resumed: () => void refresh(),
    }),
  );

  return {
    ...{ self, state, set, focus, refresh, readEvents, call },
    retry: () => void (state.peek().course ? refresh() : begin()),
    /** Another tab, cohort, order or video. */
    choose(changes: Partial<Pick<LearnersState, 'tab' | 'cohort' | 'sort' | 'lesson'>>): void {
      set({
        ...changes,
        items: null,
        funnel: null,
        heat: null,
        nextCursor: null,
        note: null,
        asking: null,
        open: null,
      });
      void refresh();
    },
    search(q: string): void {
      set({ q });
      typed.cancel();
      typed.call();
    },
    open(learner: Learner | null): void {
      const was = state.peek().open;
      focus(learner ? '.someone .subtitle' : `[data-learner="${was?.enrolment}"], .search`);
      set({ open: learner, events: null, eventsCursor: null, asking: null, note: null });
      if (learner) void readEvents();
    },
    /** Does something for the one who asks; `false` when it did not work, which is then said. */
    async act(work: (who: Connection) => Promise<unknown>, done: LearnersKey): Promise<boolean> {
      const who = session.own.peek();
      if (!who || state.peek().busy) return false;
      set({ busy: true, note: null });
      try {
        await work(who);
        focus('.told');
        set({ busy: false, asking: null, note: { key: done, bad: false } });
        await refresh();
        const { open, items } = state.peek();
        if (open) {
          set({ open: items?.find(({ enrolment }) => enrolment === open.enrolment) ?? null });
          void readEvents();
        }
        return true;
      } catch (error) {
        const { status = 0, message = '' } = error as Failure;
        const away = status < 400 || status >= 500;
        focus('.told');
        const key: LearnersKey = away ? 'notReached' : status === 401 ? 'signedOut' : 'refused';
        set({ busy: false, note: { key, bad: true, ...(!away && { detail: message }) } });
        return false;
      }
    },
    stop(): void {
      turn += 1;
      typed.cancel();
      unwatch();
      stopLive();
    },
  };
}
