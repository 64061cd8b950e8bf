import type { Kit } from '../kit.ts';
import { watchDeadline } from '../live/deadline.ts';
import { untilNextLook } from '../parts/next-look.ts';
import type { Sent } from '../settings/form.ts';
import type { Host } from '../views/kind.ts';
import { readContest } from './read.ts';
import type { ContestState, ContestStore } from './state.ts';

const calm: Sent = { busy: false, text: '', wrong: false };

const nothing: ContestState = {
  view: null,
  failed: false,
  offline: false,
  open: '',
  sent: {},
  copied: '',
  changing: false,
  played: null,
  verifying: null,
};

/** A contest and the visitor's part in it, kept current by live messages and at its deadlines. */
export function createContest(kit: Kit, { read: attribute, error }: Host): ContestStore {
  const { signal, createReader, later, whenLive } = kit;
  const state = signal(nothing);
  let silence: (() => void) | undefined;
  const set = (changes: Partial<ContestState>) => {
    state.value = { ...state.peek(), ...changes };
  };
  const sentOf = (form: string) => state.peek().sent[form] ?? calm;

  /** Looks again when a step opens, or the draw is due. */
  function watchOpening(): void {
    const { me, draw } = state.peek().view ?? {};
    const wait = untilNextLook([
      ...(me?.actions ?? []).map(({ opensAt }) => opensAt),
      draw?.randomness ? null : draw?.freeze?.roundAt,
    ]);
    opening.cancel();
    if (wait < Number.POSITIVE_INFINITY) opening.call(wait);
  }

  async function read(): Promise<boolean> {
    const view = await reader.run(() => readContest(kit, attribute('contest') ?? ''));
    if (!view) return false;
    // A token that has just run out: what was known of the visitor stays until somebody else is there.
    const before = state.peek().view;
    set({
      view: { ...view, me: view.me ?? (kit.session.own.peek() ? (before?.me ?? null) : null) },
      failed: false,
      offline: false,
    });
    deadline.watch(view.contest);
    watchOpening();
    const again = { message: () => soon.call(), resumed: () => soon.call() };
    silence ??= whenLive((live) => live.listen(`contest:${view.contest.slug}`, again));
    return true;
  }
  const soon = later(read, 1500, 3000);
  // Out of sight it waits.
  const opening = later(() => (document.visibilityState === 'hidden' ? opening.call() : read()), 1000, 500);
  const deadline = watchDeadline(
    () => set({}),
    () => void read(),
  );
  const reader = createReader({
    read,
    forget() {
      const { view } = state.peek();
      set({ ...nothing, view: view && { ...view, me: null, link: null } });
    },
    fail(code) {
      const known = !!state.peek().view;
      set({ offline: known, failed: !known });
      error(code);
    },
  });
  return {
    state,
    set,
    sentOf,
    read,
    mark: (form, sent) => set({ sent: { ...state.peek().sent, [form]: { ...calm, ...sent } } }),
    stop() {
      reader.stop();
      soon.cancel();
      opening.cancel();
      deadline.stop();
      silence?.();
    },
  };
}
