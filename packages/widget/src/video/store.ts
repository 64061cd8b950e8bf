import type { Api } from '@laurelkit/sdk/client';
import { createProgressOutbox, type ProgressOutbox } from '@laurelkit/sdk/progress';
import type { Kit } from '../kit.ts';
import { untilNextLook } from '../parts/next-look.ts';
import type { Host } from '../views/kind.ts';
import { answers } from './answers.ts';
import { createElsewhere } from './elsewhere.ts';
import type { OutlineNode } from './locked.ts';
import { createWatching, type Given, type Watching } from './watching.ts';

type Connection = NonNullable<ReturnType<Kit['session']['own']['peek']>>;

type Progress = Awaited<ReturnType<Api['progress']['get']>>;

/** What one `<laurel-video>` shows. */
export type Shown =
  | { kind: 'reading' | 'failed' | 'signedOut' | 'notEnrolled' | 'missing' }
  | { kind: 'locked'; node: OutlineNode | undefined; course: string | undefined }
  | { kind: 'watching'; watching: Watching };

/** What was read of a lesson: nothing is followed by reading alone. */
type Found =
  | Exclude<Shown, { kind: 'watching' }>
  | { kind: 'found'; about: Given['lesson']; progress: Progress | null };

const routes = {
  lesson: 'GET /courses/{course}/lessons/{lesson}',
  outline: 'GET /courses/{course}/outline',
  progress: 'GET /courses/{course}/progress',
} as const;

/** The store of one `<laurel-video>`. */
export type LessonStore = ReturnType<typeof createLesson>;

/** Reads a lesson and follows its video, as one learner. */
export function createLesson(kit: Kit, { read, error }: Host) {
  const { signal, session, checked, createReader, later } = kit;
  const course = read('course') ?? '';
  const lesson = read('lesson') ?? '';
  const shown = signal<Shown>({ kind: 'reading' });
  let outbox: ProgressOutbox | undefined;

  function close(): void {
    const now = shown.peek();
    if (now.kind === 'watching') now.watching.stop();
    outbox?.close();
    outbox = undefined;
    elsewhere.stop();
  }

  async function meet(): Promise<void> {
    const as = session.own.peek();
    const now = shown.peek();
    if (now.kind === 'locked') return readAgain();
    if (now.kind !== 'watching' || !as) return;
    const about = await readLesson(as).catch(() => null);
    if (about && shown.peek() === now) now.watching.meet(about);
  }
  const elsewhere = createElsewhere(kit, () => void meet());

  const readLesson = (as: Connection) => checked(as, routes.lesson, answers[routes.lesson])({ course, lesson });

  /** Whose progress it is; nobody’s for staff, who look at a lesson without learning it. */
  const progressOf = (as: Connection): Promise<Progress | null> =>
    checked(
      as,
      routes.progress,
      answers[routes.progress],
    )({ course }).catch((problem: { status?: number }) => {
      const { status = 0 } = problem;
      if (status === 403 || status === 404 || status === 422) return null;
      throw problem;
    });

  async function find(as: Connection): Promise<Found> {
    try {
      const [about, progress] = await Promise.all([readLesson(as), progressOf(as)]);
      const { video } = about;
      return video ? { kind: 'found', about: { ...about, video }, progress } : { kind: 'missing' };
    } catch (problem) {
      const { code, status } = problem as { code?: string; status?: number };
      if (code === 'not_enrolled') return { kind: 'notEnrolled' };
      if (code === 'lesson_not_found' || code === 'course_not_found') return { kind: 'missing' };
      if (status === 401) return { kind: 'signedOut' };
      if (code !== 'lesson_locked') throw problem;
      const outline: Awaited<ReturnType<Api['lessons']['outline']>> | null = await checked(
        as,
        routes.outline,
        answers[routes.outline],
      )({ course }).catch(() => null);
      return { kind: 'locked', node: outline?.nodes.find(({ id }) => id === lesson), course: outline?.course };
    }
  }

  /** Follows what was found, from now until it is closed. */
  function follow(as: Connection, found: Found): Shown {
    if (found.kind === 'locked' && found.course) elsewhere.listen(found.course);
    if (found.kind !== 'found') return found;
    const { about, progress } = found;
    if (progress) {
      outbox = createProgressOutbox({ connection: as, course, learner: progress.enrolment });
      outbox.onAnswer(({ seq }) => elsewhere.answered(seq));
      elsewhere.listen(about.course, progress.seq);
    }
    const reread = () => readLesson(as).then(({ state }) => state);
    return { kind: 'watching', watching: createWatching(kit, { lesson: about, outbox, alone: true, reread }) };
  }

  // What opens by the clock is looked at again then; out of sight it waits.
  const again = later(() => (document.visibilityState === 'hidden' ? again.call() : readAgain()), 1000);

  async function readAgain(): Promise<void> {
    const as = session.own.peek();
    if (!as) {
      shown.value = { kind: 'signedOut' };
      return;
    }
    // What is being watched is not taken away by reading it again.
    if (shown.peek().kind === 'watching') return;
    const found = await reader.run(() => find(as));
    if (!found) return;
    const next = follow(as, found);
    shown.value = next;
    const wait = untilNextLook([next.kind === 'locked' ? next.node?.opensAt : null]);
    if (wait < Number.POSITIVE_INFINITY) again.call(wait);
  }

  const reader = createReader({
    read: () => void readAgain(),
    forget() {
      close();
      shown.value = { kind: 'reading' };
    },
    fail(code) {
      if (shown.peek().kind === 'reading') shown.value = { kind: 'failed' };
      error(code);
    },
  });

  return {
    shown,
    stop(): void {
      reader.stop();
      again.cancel();
      close();
    },
  };
}
