import type { Api } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';
import type { Enrolling } from '../enrolling/store.ts';
import type { LearningKit } from '../learning/kit.ts';
import type { Learning } from '../learning/state.ts';
import { lessonsOf } from '../learning/tree.ts';
import type { Recorded, Recorder } from '../track/index.ts';
import type { Host } from '../views/kind.ts';
import { answers } from './answers.ts';
import { lessonInHash, putInHash } from './hash.ts';
import { stageDrawn } from './stage.ts';

const route = 'GET /courses/{course}/lessons/{lesson}';

/** A lesson as the API answers it. */
export type Lesson = Awaited<ReturnType<Api['lessons']['get']>>;
/** A block of its text. */
export type Block = Lesson['blocks'][number];

/** What somebody has before them. */
interface Place {
  /** The lesson that is chosen. */
  lesson: string | null;
  /** As the API answered it; `null` until then. */
  page: Lesson | null;
  /** Why there is none. */
  problem: 'locked' | 'gone' | 'failed' | null;
  /** Units, by what the reader last did with them. */
  turned: Readonly<Record<string, boolean>>;
  /** On narrow screens: whether the contents are shown. */
  contents: boolean;
  marking: boolean;
  /** Why marking as done did not work. */
  notMarked: 'notAllowed' | 'failed' | 'kept' | null;
}

/** What the part that plays videos keeps of one. */
export interface VideoStore {
  stop(): void;
  /** Takes what the lesson has become elsewhere. */
  meet(lesson: Lesson): void;
}

/** The state of one course element. */
export interface CourseStore {
  learning: Learning;
  enrolling: Enrolling;
  host: Host;
  readonly place: Signal<Place>;
  set(changes: Partial<Place>): void;
  /** Opens a lesson; whoever chose it finds the focus at its title. */
  choose(lesson: string): void;
  /** Reads the lesson again. */
  refresh(): Promise<void>;
  /** Says that the lesson is done. */
  markDone(): Promise<void>;
  /** Called after each drawing: opens the first lesson, hears what the page asks for, moves the focus. */
  arrive(root: ShadowRoot): void;
  /** Called with the title of a lesson that became done meanwhile, and how far that is. */
  tell(lesson: string, percent: number): void;
  /** What records, once the part that can is there; `null` where it cannot be read. */
  recording(): Recorder | null | undefined;
  /** The part that plays videos, for the lesson it was made for. */
  video: { lesson: string; store: VideoStore } | null;
  /** The learner has finished a lesson here: the page is told, once. */
  finished(lesson: string): void;
  stop(): void;
}

const nowhere: Place = {
  lesson: null,
  page: null,
  problem: null,
  turned: {},
  contents: false,
  marking: false,
  notMarked: null,
};

/** A course and the lesson somebody is at. */
export function createCourse(kit: LearningKit, host: Host): CourseStore {
  const { signal, session, checked, call, later } = kit;
  const place = signal(nowhere);
  const set = (changes: Partial<Place>) => {
    place.value = { ...place.peek(), ...changes };
  };
  let turn = 0;
  /** The enrolment the place belongs to. */
  let whose: string | null = null;
  /** Whether that is the enrolment of the one who asks now: until it is, nothing is recorded. */
  const sure = signal(false);
  let focus = false;
  let wanted: string | undefined;
  let root: ShadowRoot | undefined;
  /** Lessons whose end the page was told of. */
  const told = new Set<string>();
  /** The lesson that was not asked for, as the contents say that it is locked. */
  let shut: string | null = null;
  const course = () => host.read('course') ?? '';
  const again = later(() => store.refresh(), 300, 500);
  const learning = kit.learning.createLearning(kit, host, () => again.call());

  const lessons = () => lessonsOf(learning.state.peek().view?.outline?.nodes ?? []);
  const nodeOf = (id: string | null | undefined) => lessons().find((each) => each.id === id);
  const isLocked = (id: string | null) => nodeOf(id)?.state === 'locked';

  /** Tells the page that the learner has finished a lesson, whichever way it was heard of first. */
  function finished(lesson: string): void {
    const slug = learning.state.peek().view?.course.slug ?? course();
    if (!told.has(lesson)) kit.emit(root?.host ?? null, 'completed', { course: slug, lesson });
    told.add(lesson);
  }

  function heard({ percent, completed }: Recorded): void {
    const { lesson, page } = place.peek();
    if (completed.length > 0) {
      // Units that are done with them are in the list too.
      for (const id of completed) if (nodeOf(id)) finished(id);
      void learning.changed();
      if (lesson && completed.includes(lesson)) store.tell(page?.title ?? '', percent);
    }
    if (completed.length > 0 || page?.todo.length) again.call();
  }
  let recorder: Recorder | null = null;
  /** The lesson that is recorded. */
  let recorded: string | null = null;

  function recording(): Recorder | null | undefined {
    const track = kit.chunk('track');
    if (!sure.value) return undefined;
    if (track && whose) recorder ??= track.createRecorder(kit, { course: course(), learner: whose, heard });
    return recorder ?? (track === undefined ? undefined : null);
  }
  /** Records the lesson that is on screen. */
  function record(): void {
    const { page } = place.peek();
    const known = page && page.id !== recorded && recording();
    if (!known) return;
    known.open(page.id, root?.querySelector('.lessonpage') ?? null);
    recorded = page.id;
  }
  function pause(): void {
    recorder?.close();
    recorded = null;
  }
  /** Ends what is recorded: whoever comes next, or comes with another token, is recorded anew. */
  function end(): void {
    pause();
    store.video?.store.stop();
    store.video = null;
    recorder?.stop();
    recorder = null;
  }

  async function load(lesson: string): Promise<void> {
    turn += 1;
    const mine = turn;
    const who = session.own.peek();
    if (!who) return;
    if (isLocked(lesson)) {
      shut = lesson;
      return;
    }
    try {
      const page = await checked(who, route, answers[route])({ course: course(), lesson });
      if (mine !== turn) return;
      const first = place.peek().page?.id !== page.id;
      set({ page, problem: null });
      if (store.video?.lesson === page.id) store.video.store.meet(page);
      if (!first) return;
      kit.emit(root?.host ?? null, 'opened', { course: course(), lesson, kind: page.kind });
    } catch (error) {
      if (mine !== turn) return;
      const { code, status } = error as { code?: string; status?: number };
      if (status === 401 || status === 403) return void learning.read();
      const problem = code === 'lesson_locked' ? 'locked' : code === 'lesson_not_found' ? 'gone' : 'failed';
      if (problem !== 'failed') void learning.read();
      // What was there stays when only its refreshing failed.
      if (problem !== 'failed' || !place.peek().page) set({ problem });
      host.error(code ?? 'failed');
    }
  }

  function go(lesson: string, byHand: boolean): void {
    if (lesson === place.peek().lesson && place.peek().page) {
      focus ||= byHand;
      set({ contents: false });
      return;
    }
    pause();
    focus = byHand;
    set({ ...nowhere, lesson, turned: place.peek().turned });
    if (byHand && host.read('hash') !== undefined) putInHash(lesson);
    void load(lesson);
  }

  const inHash = () => (host.read('hash') === undefined ? null : lessonInHash());

  /** The lesson to begin with: the one that is asked for, else the next, else the first. */
  function firstLesson(): string | undefined {
    const next = learning.state.peek().view?.progress?.next?.lesson;
    return (nodeOf(inHash()) ?? nodeOf(host.read('lesson')) ?? nodeOf(next) ?? lessons()[0])?.id;
  }

  const onOpen = (event: Event) => {
    const { lesson } = (event as CustomEvent<{ lesson?: unknown }>).detail ?? {};
    if (typeof lesson !== 'string') return;
    if (whose) go(lesson, true);
    // Asked for before it is known who learns here.
    else wanted = lesson;
  };
  const onHash = () => {
    const lesson = inHash();
    if (lesson && whose && lesson !== place.peek().lesson) go(lesson, true);
  };

  function listen(to: ShadowRoot): void {
    if (root) return;
    root = to;
    to.host.addEventListener('laurel:open', onOpen);
    addEventListener('popstate', onHash);
    addEventListener('hashchange', onHash);
  }

  const store: CourseStore = {
    learning,
    enrolling: kit.learning.createEnrolling(kit, () => learning.changed()),
    host,
    place,
    set,
    video: null,
    finished,
    recording,
    tell: () => {},
    choose: (lesson) => go(lesson, true),
    refresh: async () => {
      const { lesson } = place.peek();
      if (lesson && whose) await load(lesson);
    },
    async markDone() {
      const { lesson, marking, page } = place.peek();
      const who = session.own.peek();
      if (!lesson || !who || marking) return;
      // Where what they do is kept, whoever is there once it is answered.
      const outbox = recorder?.outbox;
      const here = () => place.peek().lesson === lesson;
      const answered = (notMarked: Place['notMarked']) => {
        if (here()) set({ marking: false, notMarked });
      };
      set({ marking: true, notMarked: null });
      try {
        const progress = await call(
          who,
          'POST /courses/{course}/complete',
        )({ course: course(), lesson, timeZone: kit.learning.zoneOf() });
        if (who !== session.own.peek()) return answered(null);
        learning.took(progress);
        const done = progress.nodes.find(({ id }) => id === lesson)?.state === 'done';
        if (done) {
          finished(lesson);
          store.tell(page?.title ?? '', progress.percent);
        }
        await Promise.all([store.refresh(), learning.changed()]);
        answered(done ? null : 'notAllowed');
        if (done && here()) setTimeout(() => root?.querySelector<HTMLElement>('.isdone')?.focus(), 50);
      } catch (error) {
        const { code, status } = error as { code?: string; status?: number };
        // No answer at all: the word is kept with the rest of what is told, and sent when there is a connection.
        const keep = status === 0 && outbox?.record({ lesson, kind: 'checked' });
        const kept = keep && (await keep.then(() => true).catch(() => false));
        const why = code === 'completion_not_allowed' ? 'notAllowed' : 'failed';
        answered(kept ? 'kept' : why);
      }
    },
    arrive(to) {
      listen(to);
      const { view } = learning.state.peek();
      const back = !sure.peek();
      sure.value = true;
      const enrolment = view?.enrolment?.state === 'active' ? view.enrolment.id : null;
      if (enrolment !== whose) {
        whose = enrolment;
        end();
        turn += 1;
        told.clear();
        set(nowhere);
        const first = enrolment && (wanted ?? firstLesson());
        if (first) go(first, !!wanted);
        wanted = undefined;
        return;
      }
      const { lesson } = place.peek();
      if (back || (shut === lesson && !isLocked(lesson))) {
        shut = null;
        void store.refresh();
      }
      record();
      stageDrawn(kit, store, to);
      if (!focus) return;
      const title = to.querySelector<HTMLElement>('.lessontitle');
      if (!title || title.dataset.lesson !== place.peek().lesson) return;
      focus = false;
      title.focus({ preventScroll: true });
      // What follows the title is what one came for.
      const below = title.getBoundingClientRect().bottom > innerHeight;
      title.scrollIntoView({ block: below ? 'start' : 'nearest' });
    },
    stop() {
      turn += 1;
      unwatch();
      learning.stop();
      end();
      again.cancel();
      root?.host.removeEventListener('laurel:open', onOpen);
      removeEventListener('popstate', onHash);
      removeEventListener('hashchange', onHash);
    },
  };
  const unwatch = session.watch(() => {
    sure.value = false;
    end();
  });
  return store;
}
