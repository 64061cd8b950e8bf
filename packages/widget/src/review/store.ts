import type { Api } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';
import type { Kit } from '../kit.ts';

/** A review as the API answers it. */
export type Review = Awaited<ReturnType<Api['reviews']['list']>>['items'][number];
/** Which reviews are shown. */
export type Filter = 'waiting' | 'approved' | 'rejected';
/** What can be decided. */
export type Decision = 'approved' | 'rejected';

/** Whom a decision is about, where it is not both. */
export type Side = 'referrer' | 'referee';

/** What the queue shows. */
export interface QueueState {
  /** `undefined` until the first answer, `null` when the visitor is no staff. */
  items: readonly Review[] | null | undefined;
  nextCursor: string | null;
  waiting: number;
  filter: Filter;
  /** The review the keyboard is at. */
  current: string | undefined;
  selected: ReadonlySet<string>;
  /** What is about to be decided, until the reason is given. */
  deciding: Decision | null;
  /** Whom it is about; `null`: both. */
  side: Side | null;
  busy: boolean;
  failed: boolean;
}

/** The state of one queue, and what can be done with it. */
export interface Queue {
  /** Whether the focus was in the queue when it was last drawn. */
  focused: boolean;
  readonly state: Signal<QueueState>;
  set(changes: Partial<QueueState>): void;
  show(filter: Filter): void;
  more(): Promise<void>;
  reload(): void;
  toggle(id: string): void;
  /** Whom a decision is about: those selected, or the one the keyboard is at. */
  meant(): string[];
  decide(reason: string): Promise<{ decided: string[]; unchanged: string[] } | null>;
  stop(): void;
}

const pageSize = 20;
/** Most that the API takes in one call. */
const mostAtOnce = 100;
const freshMilliseconds = 30_000;

/** The reviews of a programme, oldest first, and decisions on them. */
export function createQueue({ signal, session, call, later }: Kit, program: string): Queue {
  const state = signal<QueueState>({
    items: undefined,
    nextCursor: null,
    waiting: 0,
    filter: 'waiting',
    current: undefined,
    selected: new Set(),
    deciding: null,
    side: null,
    busy: false,
    failed: false,
  });
  const set = (changes: Partial<QueueState>) => {
    // Every decision begins with both sides.
    state.value = { ...state.peek(), ...('deciding' in changes && { side: null }), ...changes };
  };
  let turn = 0;

  const page = (cursor?: string) => {
    const who = session.own.peek();
    if (!who) return null;
    return call(
      who,
      'GET /reviews',
    )({ program, state: state.peek().filter, limit: pageSize, ...(cursor && { cursor }) });
  };

  /** Runs a reading; only the newest one counts. */
  async function read(reading: () => ReturnType<typeof page>, keep: readonly Review[]): Promise<void> {
    turn += 1;
    const mine = turn;
    try {
      const answer = await reading();
      if (mine !== turn) return;
      if (!answer) return set({ items: null });
      const items = [...keep, ...answer.items];
      const current = items.some(({ id }) => id === state.peek().current) ? state.peek().current : items[0]?.id;
      set({ items, current, nextCursor: answer.nextCursor, waiting: answer.waiting, failed: false });
    } catch (error) {
      if (mine !== turn) return;
      const { status } = error as { status?: number };
      if (status === 401 || status === 403) set({ items: null });
      else set({ failed: true });
    }
  }

  const reload = () => void read(() => page(), []);
  /** Looks again while nobody is in the middle of something that a new list would move. */
  const fresh = later(
    () => {
      const { selected, deciding, items } = state.peek();
      const idle = !selected.size && !deciding && (items?.length ?? 0) <= pageSize;
      if (idle && document.visibilityState === 'visible') reload();
      fresh.call();
    },
    freshMilliseconds,
    freshMilliseconds,
  );
  const unwatch = session.watch(() => reload());
  fresh.call();

  const meant = () => {
    const { selected, current } = state.peek();
    return selected.size > 0 ? [...selected] : current ? [current] : [];
  };

  return {
    focused: false,
    state,
    set,
    reload,
    meant,
    show(filter) {
      set({ filter, items: undefined, selected: new Set(), deciding: null, current: undefined });
      reload();
    },
    more: async () => {
      const { nextCursor, items } = state.peek();
      if (nextCursor) await read(() => page(nextCursor), items ?? []);
    },
    toggle(id) {
      const selected = new Set(state.peek().selected);
      if (!selected.delete(id)) selected.add(id);
      set({ selected, current: id });
    },
    decide: async (reason) => {
      const { deciding, items, side, filter } = state.peek();
      const who = session.own.peek();
      const reviews = meant();
      if (!deciding || !who || reviews.length === 0) return null;
      set({ busy: true, failed: false });
      try {
        const answer = { decided: [] as string[], unchanged: [] as string[] };
        for (let at = 0; at < reviews.length; at += mostAtOnce) {
          const some = {
            reviews: reviews.slice(at, at + mostAtOnce),
            decision: deciding,
            reason,
            ...(side && { side }),
          };
          const { decided, unchanged } = await call(who, 'POST /reviews/decide')(some);
          answer.decided.push(...decided);
          answer.unchanged.push(...unchanged);
        }
        if (state.peek().filter !== filter) {
          set({ busy: false });
          return answer;
        }
        // The other side of a review may still wait.
        const gone = new Set(side ? [] : reviews);
        const left = (items ?? []).filter(({ id }) => !gone.has(id));
        const after = (items ?? []).findIndex(({ id }) => gone.has(id));
        const current = side ? reviews[0] : (left[after] ?? left.at(-1))?.id;
        set({ items: left, current, selected: new Set(), deciding: null, busy: false });
        reload();
        return answer;
      } catch {
        set({ busy: false, failed: true });
        return null;
      }
    },
    stop() {
      turn += 1;
      fresh.cancel();
      unwatch();
    },
  };
}
