import type { Api } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';
import type { Enrolling } from '../enrolling/store.ts';
import type { LearningKit } from '../learning/kit.ts';
import type { Learning } from '../learning/state.ts';
import type { Host } from '../views/kind.ts';
import { answers } from './answers.ts';

const route = 'GET /courses/{course}/board';

/** How far the learners of a group are. */
export type Board = Awaited<ReturnType<Api['insight']['board']>>;

/** What somebody opened and closed. */
interface Ui {
  /** Units, by what the reader last did with them. */
  turned: Readonly<Record<string, boolean>>;
  contents: boolean | null;
  board: Board | null;
  boardOpen: boolean;
  boardFailed: boolean;
}

/** The state of one progress element. */
export interface ProgressStore {
  learning: Learning;
  enrolling: Enrolling;
  readonly ui: Signal<Ui>;
  set(changes: Partial<Ui>): void;
  /** Opens or closes the board of the group, and reads it. */
  showBoard(open: boolean): void;
  /** What is said when the course is done. */
  congrats: string;
  stop(): void;
}

/** A course, how far the visitor is, and what they have opened. */
export function createProgress(kit: LearningKit, host: Host): ProgressStore {
  const { signal, session, checked, later, whenLive } = kit;
  const ui = signal<Ui>({ turned: {}, contents: null, board: null, boardOpen: false, boardFailed: false });
  const learning = kit.learning.createLearning(kit, host);
  const set = (changes: Partial<Ui>) => {
    ui.value = { ...ui.peek(), ...changes };
  };
  let silence: (() => void) | undefined;

  async function readBoard(): Promise<void> {
    const course = host.read('course') ?? '';
    try {
      const board = await session.mine((who) => checked(who, route, answers[route])({ course, limit: 10 }));
      if (board) set({ board, boardFailed: false });
      else set({ boardFailed: !ui.peek().board });
    } catch {
      set({ boardFailed: !ui.peek().board });
    }
  }
  // The element of a single video does not read how far one is.
  const watched = later(() => learning.changed(), 200, 300);
  function onCompleted({ target, detail }: Event & { detail?: { course?: unknown } }): void {
    const ours = detail?.course === learning.state.peek().view?.course.slug;
    if (ours && (target as Element | null)?.localName === 'laurel-video') watched.call();
  }
  document.addEventListener('laurel:completed', onCompleted);
  // A lively group is read at most every few seconds.
  const soon = later(() => ui.peek().boardOpen && readBoard(), 2000, 3000);

  return {
    learning,
    enrolling: kit.learning.createEnrolling(kit, () => learning.changed()),
    ui,
    set,
    congrats: '',
    showBoard(open) {
      set({ boardOpen: open });
      silence?.();
      silence = undefined;
      const slug = learning.state.peek().view?.course.slug;
      if (!open || !slug) return;
      void readBoard();
      const again = { message: () => soon.call(), resumed: () => soon.call() };
      silence = whenLive((live) => live.listen(`cohort:${slug}`, again));
    },
    stop() {
      document.removeEventListener('laurel:completed', onCompleted);
      watched.cancel();
      learning.stop();
      soon.cancel();
      silence?.();
    },
  };
}
