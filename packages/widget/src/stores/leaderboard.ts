import type { Api } from '@laurelkit/sdk/client';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Own, Page } from './board.ts';
import { nextPage, readPages } from './pages.ts';
import { createReader } from './reader.ts';
import type { Session } from './session.ts';

/** A contest as the API answers it. */
export type Contest = Awaited<ReturnType<Api['contests']['get']>>;
/** Which span of time a board counts. */
export type Window = Page['window'];

/** One consistent picture of the board. */
export interface View {
  contest: Contest;
  page: Page;
  own: Own | null;
  /** Whether `page.nextCursor` still fits the rows: no live message has changed them since. */
  cursorFits: boolean;
  /** When it was true. */
  at: number;
}

/** The state of one leaderboard and what a reader can do with it. */
export interface Leaderboard {
  readonly limit: number;
  readonly view: Signal<View | null>;
  /** What is true by now, while somebody reads and the rows stay. */
  waiting: View | null;
  /** How many rows change when it is shown. */
  readonly changes: Signal<number>;
  /** Ranks at the end of the last visit, by id. */
  readonly before: Signal<Record<string, number>>;
  readonly window: Signal<Window>;
  readonly failed: ReadonlySignal<boolean>;
  readonly offline: Signal<boolean>;
  /** Whether live messages come. */
  readonly live: Signal<boolean>;
  readonly more: Signal<'idle' | 'busy' | 'failed'>;
  newest(): View | null;
  /** Takes a new picture; `now` shows it even while somebody reads. */
  accept(view: View, now?: boolean): void;
  /** Shows what waits. */
  release(): void;
  /** Reads everything again, at least `count` rows. */
  read(count?: number, now?: boolean): Promise<boolean>;
  /** Reads the viewer's own place again. */
  readOwn(): Promise<void>;
  choose(window: Window): void;
  showMore(): Promise<void>;
  /** A deadline has passed: reads until the server says so too. */
  deadline(): void;
  stop(): void;
}

/** The board of a contest, read when the session is known. */
export function createLeaderboard(
  session: Session,
  contest: string,
  limit: number,
  onError: (code: string) => void,
): Leaderboard {
  let timers: ReturnType<typeof setTimeout>[] = [];
  const which = () => ({ contest, window: store.window.peek() });
  const ownOf = async (): Promise<Own | null> => {
    const own = await session
      .mine((api) => api.leaderboards.standing({ ...which(), around: 5 }))
      .catch(() => undefined);
    return own === undefined ? (store.newest()?.own ?? null) : own;
  };

  const store: Leaderboard = {
    limit,
    view: signal<View | null>(null),
    waiting: null,
    changes: signal(0),
    before: signal({}),
    window: signal<Window>('all'),
    offline: signal(false),
    live: signal(false),
    more: signal<'idle' | 'busy' | 'failed'>('idle'),
    failed: signal(false),
    newest: () => store.waiting ?? store.view.peek(),
    accept(view) {
      store.view.value = view;
    },
    release() {},
    async read(count = Math.max(limit, store.newest()?.page.items.length ?? 0), now = false) {
      const api = session.everyone.peek();
      const answer = await reader.run(() =>
        Promise.all([api.contests.get({ contest }), readPages(api, which(), count), ownOf()]),
      );
      if (!answer) return false;
      const [about, page, own] = answer;
      store.offline.value = false;
      store.accept({ contest: about, page, own, cursorFits: true, at: Date.now() }, now);
      return true;
    },
    async readOwn() {
      const own = await ownOf();
      const current = store.newest();
      if (current) store.accept({ ...current, own });
    },
    choose(window) {
      store.window.value = window;
      void store.read(limit, true);
    },
    async showMore() {
      const current = store.newest();
      if (!current || store.more.peek() === 'busy') return;
      store.more.value = 'busy';
      let worked = false;
      if (current.cursorFits && current.page.nextCursor) {
        const page = await reader.run(() => nextPage(session.everyone.peek(), which(), current.page, 10));
        worked = !!page;
        if (page) store.accept({ ...current, page, at: Date.now() }, true);
      } else worked = await store.read(current.page.items.length + 10, true);
      store.more.value = worked ? 'idle' : 'failed';
    },
    deadline() {
      timers = [500, 4000, 15_000, 60_000].map((delay) => setTimeout(() => store.read(), delay * (1 + Math.random())));
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      reader.stop();
    },
  };
  const reader = createReader(
    session,
    () => void store.read(),
    () => !store.newest(),
    () => {
      const current = store.newest();
      if (current) store.accept({ ...current, own: null }, true);
    },
    (code) => {
      store.offline.value = !!store.newest();
      onError(code);
    },
  );
  return Object.assign(store, { failed: reader.failed });
}
