import type { Api } from '@laurelkit/sdk/client';
import { type Signal, signal } from '@preact/signals';
import type { Following } from '../live/follow.ts';
import { countChanges } from '../live/merge.ts';
import { whenLive } from '../live.ts';
import { ask } from './ask.ts';
import type { Own, Page } from './board.ts';
import { nextPage, readPages } from './pages.ts';
import { createReader } from './reader.ts';
import { session } from './session.ts';

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

/** What a leaderboard shows. */
export interface BoardState {
  view: View | null;
  window: Window;
  /** The first reading failed: nothing is shown. */
  failed: boolean;
  offline: boolean;
  /** Whether live messages come. */
  live: boolean;
  more: 'idle' | 'busy' | 'failed';
  /** How many rows change when what waits is shown. */
  changes: number;
  /** Ranks up (positive) or down of a row since the last visit, once that is known. */
  moved(id: string, rank: number): number;
  /** Whether somebody asked how ranks work. */
  rules: boolean;
}

/** What a leaderboard tells its element. */
export interface BoardEvents {
  error(code: string): void;
  /** Something else is shown now. */
  shown(before: View, after: View): void;
  /** What is new waits while somebody reads. */
  waiting(changes: number): void;
}

/** The state of one leaderboard and what a reader can do with it. */
export interface Leaderboard {
  readonly limit: number;
  readonly state: Signal<BoardState>;
  set(changes: Partial<BoardState>): void;
  newest(): View | null;
  /** Takes a new picture; `now` shows it even while somebody reads. */
  accept(view: View, now?: boolean): void;
  /** While somebody reads, what is new waits. */
  hold(reading: boolean): void;
  /** Shows what waits. */
  release(): void;
  /** Reads everything again, at least `count` rows: ten more than there are, shown at once, while somebody waits for them. */
  read(count?: number, now?: boolean): Promise<void>;
  /** Reads the viewer's own place again. */
  readOwn(): Promise<void>;
  choose(window: Window): void;
  showMore(): Promise<void>;
  stop(): void;
}

/** The board of a contest, kept current by live messages. */
export function createLeaderboard(contest: string, limit: number, on: BoardEvents): Leaderboard {
  let waiting: View | null = null;
  let reading = false;
  let silence: (() => void) | undefined;
  let following: Following | undefined;
  const state = signal<BoardState>({
    view: null,
    window: 'all',
    failed: false,
    offline: false,
    live: false,
    more: 'idle',
    changes: 0,
    moved: () => 0,
    rules: false,
  });
  const which = () => ({ contest, window: state.peek().window });
  const isBusy = () => state.peek().more === 'busy';
  const readOwn = async (): Promise<Own | null> => {
    const own = await session
      .mine((as) => ask(as, 'GET /contests/{contest}/standing')({ ...which(), around: 5 }))
      .catch(() => undefined);
    return own === undefined ? (store.newest()?.own ?? null) : own;
  };
  function show(view: View): void {
    const before = state.peek().view;
    waiting = null;
    store.set({ view, changes: 0 });
    if (before) on.shown(before, view);
    following?.watch(view.contest);
    silence ??= whenLive((live) => {
      following = live.follow(store, view.contest.slug);
      following.watch((store.newest() as View).contest);
      return following.stop;
    });
  }

  const store: Leaderboard = {
    limit,
    state,
    set(changes) {
      state.value = { ...state.peek(), ...changes };
    },
    newest: () => waiting ?? state.peek().view,
    accept(view, now) {
      const shown = state.peek().view;
      if (!reading || now || !shown) return show(view);
      waiting = view;
      const changes = countChanges(shown, view);
      store.set({ changes });
      if (changes > 0) on.waiting(changes);
    },
    hold(now) {
      reading = now;
      if (!now) store.release();
    },
    release() {
      if (waiting) show(waiting);
    },
    async read(
      count = Math.max(limit, (store.newest()?.page.items.length ?? 0) + (isBusy() ? 10 : 0)),
      now = isBusy(),
    ) {
      const answer = await reader.run(() => {
        const as = session.everyone();
        return Promise.all([ask(as, 'GET /contests/{contest}')({ contest }), readPages(as, which(), count), readOwn()]);
      });
      if (!answer) return;
      const [about, page, own] = answer;
      store.set({ offline: false, failed: false });
      store.accept({ contest: about, page, own, cursorFits: true, at: Date.now() }, now);
    },
    async readOwn() {
      const who = session.own.peek();
      const own = await readOwn();
      const current = store.newest();
      if (current && who === session.own.peek()) store.accept({ ...current, own });
    },
    choose(window) {
      store.set({ window });
      void store.read(limit, true);
    },
    async showMore() {
      const current = store.newest();
      if (!current || isBusy()) return;
      store.set({ more: 'busy' });
      if (current.cursorFits && current.page.nextCursor) {
        const page = await reader.run(() => nextPage(session.everyone(), which(), current.page, 10));
        if (page) store.accept({ ...current, page, at: Date.now() }, true);
      } else await store.read();
      if (isBusy()) store.set({ more: 'idle' });
    },
    stop() {
      reader.stop();
      silence?.();
    },
  };
  const reader = createReader({
    read: () => void store.read(),
    forget() {
      const current = store.newest();
      if (current) store.accept({ ...current, own: null }, true);
    },
    fail(code) {
      const view = !!store.newest();
      store.set({ offline: view, failed: !view, more: isBusy() ? 'failed' : 'idle' });
      on.error(code);
    },
  });
  return store;
}
