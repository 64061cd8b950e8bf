import type { Api } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';
import { answers as contests } from '../contest/answers.ts';
import type { Contest } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Host } from '../views/kind.ts';
import { answers } from './answers.ts';
import { type Line, linesOf } from './table.ts';

type Answer<Name extends 'friends' | 'teams' | 'cohort' | 'interval'> = Awaited<ReturnType<Api['leaderboards'][Name]>>;

/** What is read for a board of some. */
export type Page = Answer<'friends'> | Answer<'teams'> | Answer<'cohort'> | Answer<'interval'>;
/** The own cohort of a league. */
export type Cohort = Answer<'cohort'>['cohort'];
/** Which board of some. */
export type BoardKind = 'friends' | 'teams' | 'cohort' | 'previous' | 'interval';

/** One picture of it. */
interface BoardView {
  contest: Contest;
  kind: BoardKind;
  /** `null` where nobody is signed in, or the contest has no such board. */
  page: Page | null;
  refused: boolean;
  lines: Line[];
  nextCursor: string | null;
  at: number;
}

/** The state of a board of some, and what changes it. */
export interface BoardsStore {
  readonly state: Signal<{
    view: BoardView | null;
    failed: boolean;
    more: 'idle' | 'busy' | 'failed';
    before: boolean;
  }>;
  /** Shows the cohort of this period, or of the one before. */
  turn(before: boolean): void;
  showMore(): Promise<void>;
  stop(): void;
}

const about = 'GET /contests/{contest}';
const routes = {
  friends: 'GET /contests/{contest}/leaderboard/friends',
  teams: 'GET /contests/{contest}/leaderboard/teams',
  cohort: 'GET /contests/{contest}/leaderboard/cohort',
  previous: 'GET /contests/{contest}/leaderboard/interval',
  interval: 'GET /contests/{contest}/leaderboard/interval',
} as const;

const kindOf = (view: string | undefined): BoardKind => (view && view in routes ? (view as BoardKind) : 'friends');

/** A board of some, read anew when live messages tell of changes. */
export function createBoards(
  { signal, session, checked, createReader, later, whenLive }: Kit,
  { read: attribute, error }: Host,
): BoardsStore {
  const contest = attribute('contest') ?? '';
  const kind = kindOf(attribute('view'));
  const limit = Math.min(100, Math.max(1, Number(attribute('limit')) || 10));
  const state: BoardsStore['state'] = signal({
    view: null as BoardView | null,
    failed: false,
    more: 'idle' as const,
    before: false,
  });
  const set = (changes: Partial<typeof state.value>) => {
    state.value = { ...state.peek(), ...changes };
  };
  let silence: (() => void) | undefined;

  /** One page; `null` for strangers of what only the signed-in may see. */
  async function pageOf(about: Contest, cursor?: string): Promise<Page | null | undefined> {
    const all = { contest, limit, ...(cursor && { cursor }) };
    const as = session.everyone();
    if (kind === 'teams') {
      const who = session.own.peek() ?? as;
      return checked(who, routes.teams, answers[routes.teams])(all);
    }
    if (kind === 'previous')
      return checked(as, routes.previous, answers[routes.previous])({ ...all, window: 'previous' });
    if (kind === 'interval') {
      const interval = attribute('interval') ?? '';
      return checked(as, routes.interval, answers[routes.interval])({ ...all, interval });
    }
    if (kind === 'friends')
      return session.mine((own) => checked(own, routes.friends, answers[routes.friends])({ contest }));
    const current = state.peek().view?.page;
    // An instant just before this period is one of the period before.
    const from = current?.startsAt ?? about.startsAt;
    const at = state.peek().before ? { at: new Date(Date.parse(from) - 1).toISOString() } : {};
    return session.mine((own) => checked(own, routes.cohort, answers[routes.cohort])({ contest, ...at }));
  }

  async function read(): Promise<void> {
    const answer = await reader.run(async () => {
      const found = await checked(session.everyone(), about, contests[about])({ contest });
      const page = await pageOf(found).catch((problem: { code?: string }) => {
        if (/^(teams_not_offered|contest_kind_conflict)$/.test(problem.code ?? '')) return false as const;
        throw problem;
      });
      return { found, page };
    });
    if (!answer) return;
    const { found, page } = answer;
    const kept = page || null;
    const nextCursor = kept && 'nextCursor' in kept ? kept.nextCursor : null;
    set({
      view: {
        contest: found,
        kind,
        page: kept,
        refused: page === false,
        lines: linesOf(kept),
        nextCursor,
        at: Date.now(),
      },
      failed: false,
    });
    const again = { message: () => soon.call(), resumed: () => soon.call() };
    if (kind !== 'previous') silence ??= whenLive((live) => live.listen(`contest:${found.slug}`, again));
  }
  // Only the first page is kept current; who has paged on reads in peace.
  const soon = later(
    () => {
      const { view, before, more } = state.peek();
      if (more === 'busy') soon.call();
      else if ((view?.lines.length ?? 0) <= limit && !before) void read();
    },
    1500,
    3000,
  );
  const reader = createReader({
    read,
    forget: () => set({ view: null }),
    fail(code) {
      set({ failed: !state.peek().view });
      error(code);
    },
  });
  return {
    state,
    turn(before) {
      set({ before });
      void read();
    },
    async showMore() {
      const { view, more } = state.peek();
      const cursor = view?.nextCursor;
      if (!view || !cursor || more === 'busy') return;
      set({ more: 'busy' });
      // A reading under way no longer counts: it would take these lines away again.
      const page = await reader.run(() => pageOf(view.contest, cursor).catch(() => null));
      if (page === undefined) return set({ more: 'idle' });
      if (!page) {
        soon.call();
        return set({ more: 'failed' });
      }
      const known = new Set(view.lines.map(({ id }) => id));
      const lines = [...view.lines, ...linesOf(page).filter(({ id }) => !known.has(id))];
      set({ view: { ...view, lines, nextCursor: 'nextCursor' in page ? page.nextCursor : null }, more: 'idle' });
    },
    stop() {
      reader.stop();
      soon.cancel();
      silence?.();
    },
  };
}
