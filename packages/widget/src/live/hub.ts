import { type Connection, type LiveMessages, type Subscription, subscribe, type Topic } from '@laurelkit/sdk/client';
import { quietly } from '../quietly.ts';
import type { Session } from '../stores/session.ts';

/** A message of the live stream, whatever its kind. */
export type LiveMessage = LiveMessages[keyof LiveMessages];

/** Who listens to a topic. */
export interface Listener {
  message(message: LiveMessage): void;
  /** The stream was interrupted and is back: read everything again. */
  resumed(): void;
  /** Events flow, or no longer. */
  open?(open: boolean): void;
}

/** One stream shared by all elements of the page. */
export interface Hub {
  listen(topic: Topic, listener: Listener): () => void;
}

/**
 * Opens one stream for the topics somebody listens to, so that a page takes one of the browser's few connections;
 * gives it back while the page has been out of sight for a while.
 */
export function createHub(
  { own, stranger, watch }: Pick<Session, 'own' | 'stranger' | 'watch'>,
  hideAfter = 20_000,
): Hub {
  const listeners = new Map<Listener, Topic>();
  let subscription: Subscription | undefined;
  /** What is listened to, and as whom. */
  let current: unknown[] = [];
  let refused: Connection | undefined;
  let lastEventId = '';
  let open = false;
  let queued = false;
  let hidden: ReturnType<typeof setTimeout> | undefined;

  const each = (call: (listener: Listener) => void, topic?: string) => {
    for (const [listener, its] of listeners) if (!topic || its === topic) quietly(() => call(listener));
  };
  const deliver = (message: LiveMessage) => each((listener) => listener.message(message), message.topic);
  const resume = () => each((listener) => listener.resumed());
  const visible = () => document.visibilityState !== 'hidden';

  function close(): void {
    lastEventId = subscription?.lastEventId ?? lastEventId;
    subscription?.close();
    subscription = undefined;
  }

  function start(): void {
    queued = false;
    const best = own.peek() ?? stranger.peek();
    const to = best === refused ? stranger.peek() : best;
    const topics = [...new Set(listeners.values())]
      .filter((topic) => to === best || topic.startsWith('contest:'))
      .slice(0, 10);
    const next = [to, ...topics];
    if (subscription && next.length === current.length && next.every((each, index) => each === current[index])) return;
    close();
    current = next;
    if (!topics[0] || !visible()) return;
    let lost = false;
    subscription = subscribe({
      ...to,
      topics,
      lastEventId,
      on: { leaderboard: deliver, me: deliver },
      onState(state, error) {
        const now = state === 'open';
        if (now !== open) each((listener) => listener.open?.(now));
        open = now;
        if (open && lost) resume();
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

  function begin(): void {
    watch(restart);
    document.addEventListener('visibilitychange', () => {
      clearTimeout(hidden);
      if (!visible()) hidden = setTimeout(close, hideAfter);
      else if (!subscription) {
        restart();
        resume();
      }
    });
  }
  let watching = false;

  return {
    listen(topic, listener) {
      listeners.set(listener, topic);
      if (!watching) begin();
      watching = true;
      restart();
      if (open) quietly(() => listener.open?.(true));
      return () => {
        listeners.delete(listener);
        restart();
      };
    },
  };
}
