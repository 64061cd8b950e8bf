import { type Connection, type LiveMessages, type Subscription, subscribe, type Topic } from '@laurelkit/sdk/client';
import { later } from '../later.ts';
import { quietly } from '../quietly.ts';
import type { Session } from '../stores/session.ts';
import { messages } from './messages.ts';

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
 * gives it back while the page has been out of sight for a while. A message that is not what the contract says is not
 * delivered; everything is read again instead.
 */
export function createHub(
  { own, stranger, watch }: Pick<Session, 'own' | 'stranger' | 'watch'>,
  hideAfter = 20_000,
  doubtFor = 1000,
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
  const resume = () => each((listener) => listener.resumed());
  // What a message that makes no sense would have said is read instead, seldom: more such messages may come.
  const doubt = later(resume, doubtFor, 4 * doubtFor);
  const deliver = (makesSense: (value: unknown) => boolean) => (message: LiveMessage) => {
    if (makesSense(message)) each((listener) => listener.message(message), message.topic);
    else doubt.call();
  };
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
      .filter((topic) => to === own.peek() || topic.startsWith('contest:'))
      .slice(0, 10);
    const next = [to, ...topics];
    const same = next.length === current.length && next.every((each, index) => each === current[index]);
    if (subscription && same) return;
    close();
    // An id is one position for each topic: those of others would hide what is new.
    if (!same) lastEventId = '';
    current = next;
    if (!topics[0] || !visible()) return;
    let lost = false;
    subscription = subscribe({
      ...to,
      topics,
      lastEventId,
      on: {
        leaderboard: deliver(messages.leaderboard),
        me: deliver(messages.me),
        progress: deliver(messages.progress),
        cohort: deliver(messages.cohort),
      },
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
