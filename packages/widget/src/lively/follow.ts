import { later } from '../later.ts';
import type { Leaderboard, View } from '../stores/leaderboard.ts';
import type { Referral } from '../stores/referral.ts';
import type { Session } from '../stores/session.ts';
import { createHub, type Hub } from './hub.ts';
import { mergeLive } from './merge.ts';

const hubs = new WeakMap<Session, Hub>();

function hubOf(session: Session): Hub {
  const hub = hubs.get(session) ?? createHub(session);
  hubs.set(session, hub);
  return hub;
}

/** Keeps a referral card current by the caller's own live messages. */
export function followCard(session: Session, store: Referral): () => void {
  const program = store.view.peek()?.program;
  if (!program) return () => {};
  const soon = later(() => store.read(), 200, 600);
  const stop = hubOf(session).listen(`program:${program.slug}`, {
    message: soon.call,
    resumed: soon.call,
    open() {},
  });
  return () => {
    soon.cancel();
    stop();
  };
}

/** Keeps a board current by live messages, and says when they no longer come. */
export function followBoard(session: Session, store: Leaderboard, patience = 6000): () => void {
  const contest = store.newest()?.contest;
  if (!contest) return () => {};
  const soonAll = later(() => void store.read(), 1000, 1000);
  const soonOwn = later(() => void store.readOwn(), 200, 1300);
  let broken: ReturnType<typeof setTimeout> | undefined;
  const accept = (current: View, page: View['page']) =>
    store.accept({ ...current, page, cursorFits: false, at: Date.now() });

  const stop = hubOf(session).listen(`contest:${contest.slug}`, {
    resumed: () => void store.read(),
    open(open) {
      clearTimeout(broken);
      store.live.value = open;
      if (open) store.offline.value = false;
      else {
        broken = setTimeout(() => {
          store.offline.value = document.visibilityState !== 'hidden';
        }, patience);
      }
    },
    message(message) {
      const current = store.newest();
      if (!current || !('top' in message)) return;
      const page = mergeLive(current.page, message, store.limit);
      if (page === current.page) return;
      if (page) accept(current, page);
      else soonAll.call();
      if (page && session.own.peek()) soonOwn.call();
    },
  });
  const onOffline = () => {
    store.offline.value = true;
  };
  const onOnline = () => void store.read();
  addEventListener('offline', onOffline);
  addEventListener('online', onOnline);
  return () => {
    clearTimeout(broken);
    soonAll.cancel();
    soonOwn.cancel();
    stop();
    removeEventListener('offline', onOffline);
    removeEventListener('online', onOnline);
  };
}
