import { later } from '../later.ts';
import type { Contest, Leaderboard } from '../stores/leaderboard.ts';
import type { Session } from '../stores/session.ts';
import { watchDeadline } from './deadline.ts';
import type { Hub } from './hub.ts';
import { mergeLive } from './merge.ts';

/** What keeps a board current. */
export interface Following {
  /** The contest as it is shown now: its deadline is watched. */
  watch(contest: Contest): void;
  stop(): void;
}

/** Keeps a board current by live messages and at its deadline, and says when messages no longer come. */
export function followBoard(
  { own }: Pick<Session, 'own'>,
  hub: Hub,
  store: Leaderboard,
  slug: string,
  patience = 6000,
): Following {
  const deadline = watchDeadline(
    () => store.set({}),
    () => store.read(),
  );
  const soonAll = later(() => store.read(), 1000, 1000);
  // Who passes whom is seen by many at once, so they ask one after the other; a viewer's own points they see at once.
  const soonOwn = later(() => store.readOwn(), 100, 700);
  const broken = later(() => store.set({ offline: document.visibilityState !== 'hidden' }), patience);
  /** The newest the messages have told of. */
  let heard = 0;
  const stop = hub.listen(`contest:${slug}`, {
    resumed: () => void store.read(),
    open(live) {
      store.set(live ? { live, offline: false } : { live });
      if (live) broken.cancel();
      else broken.call();
    },
    message(message) {
      const current = store.newest();
      if (!current || !('top' in message)) return;
      heard = Math.max(heard, message.seq);
      const page = mergeLive(current.page, message, store.limit);
      if (page === current.page) return;
      if (!page) return soonAll.call();
      store.accept({ ...current, page, cursorFits: false, at: Date.now() });
      if (!own.peek()) return;
      if (message.changed.includes(current.own?.standing?.id ?? '')) void store.readOwn();
      else soonOwn.call();
    },
  });
  const onOffline = () => store.set({ offline: true });
  const onOnline = () => store.read();
  addEventListener('offline', onOffline);
  addEventListener('online', onOnline);
  return {
    watch(contest) {
      deadline.watch(contest);
      const page = store.newest()?.page;
      // A reading that began before a message came, and ended after it.
      if (page?.window === 'all' && !page.hidden && page.seq < heard) soonAll.call();
    },
    stop() {
      for (const timer of [soonAll, soonOwn, broken]) timer.cancel();
      deadline.stop();
      stop();
      removeEventListener('offline', onOffline);
      removeEventListener('online', onOnline);
    },
  };
}
