import { type LiveMessages, type Subscription, subscribe, type Topic } from '@laurelkit/sdk/client';
import type { Connection, Session } from '../stores/session.ts';

/** A message of the live stream, whatever its kind. */
export type LiveMessage = LiveMessages[keyof LiveMessages];

/** Who listens to a topic. */
export interface Listener {
  message(message: LiveMessage): void;
  /** The stream was interrupted and is back: read everything again. */
  resumed(): void;
  /** Events flow, or no longer. */
  open(open: boolean): void;
}

/** One stream shared by all elements of the page. */
export interface Hub {
  listen(topic: Topic, listener: Listener): () => void;
}

const quietly = (run: () => void) => {
  try {
    run();
  } catch {}
};

/**
 * Opens one stream for the topics somebody listens to, so that a page takes one of the browser's few connections;
 * gives it back while the page has been out of sight for a while.
 */
export function createHub(session: Pick<Session, 'connection' | 'stranger'>, hideAfter = 20_000): Hub {
  const listeners = new Map<Topic, Set<Listener>>();
  const { connection, stranger } = session;
  let subscription: Subscription | undefined;
  let refused: Connection | undefined;
  let lastEventId = '';
  let open = false;
  let queued = false;
  let hidden: ReturnType<typeof setTimeout> | undefined;
  let stopWatching: (() => void) | undefined;

  const each = (topic: string | undefined, call: (listener: Listener) => void) => {
    for (const [name, set] of listeners) {
      if (topic === undefined || name === topic) for (const listener of [...set]) quietly(() => call(listener));
    }
  };

  function setOpen(now: boolean): void {
    if (now !== open) each(undefined, (listener) => listener.open(now));
    open = now;
  }

  function close(): void {
    const closing = subscription;
    subscription = undefined;
    lastEventId = closing?.lastEventId ?? lastEventId;
    closing?.close();
  }

  function start(): void {
    queued = false;
    close();
    const best = connection.peek();
    const to = best === refused ? stranger.peek() : best;
    const topics = [...listeners.keys()].filter((topic) => to === best || topic.startsWith('contest:')).slice(0, 10);
    if (topics.length === 0 || document.visibilityState === 'hidden') return;
    let lost = false;
    const deliver = (message: LiveMessage) => each(message.topic, (listener) => listener.message(message));
    subscription = subscribe({
      ...to,
      topics,
      lastEventId,
      on: { leaderboard: deliver, me: deliver },
      onState(state, error) {
        setOpen(state === 'open');
        if (open && lost) each(undefined, (listener) => listener.resumed());
        lost ||= state === 'reconnecting';
        // A token that ran out: what everybody may see goes on.
        if (state !== 'closed' || !error || to !== best || !stranger.peek().key) return;
        refused = best;
        restart();
      },
    });
  }

  function restart(): void {
    if (!queued) setTimeout(() => quietly(start));
    queued = true;
  }

  function onVisibility(): void {
    clearTimeout(hidden);
    if (document.visibilityState !== 'hidden') {
      if (subscription) return;
      restart();
      each(undefined, (listener) => listener.resumed());
    } else {
      hidden = setTimeout(close, hideAfter);
    }
  }

  return {
    listen(topic, listener) {
      if (listeners.size === 0) {
        document.addEventListener('visibilitychange', onVisibility);
        stopWatching = connection.subscribe(restart);
      }
      const set = listeners.get(topic) ?? new Set();
      if (set.size === 0) restart();
      listeners.set(topic, set.add(listener));
      if (open) quietly(() => listener.open(true));
      return () => {
        set.delete(listener);
        if (set.size > 0) return;
        listeners.delete(topic);
        restart();
        if (listeners.size > 0) return;
        document.removeEventListener('visibilitychange', onVisibility);
        stopWatching?.();
      };
    },
  };
}
