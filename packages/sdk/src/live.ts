import type { LiveMessages } from './contract/live.ts';
import { LaurelError } from './errors.ts';
import { isTemporary } from './problem.ts';
import { type Connection, overNetwork, request } from './request.ts';
import { safely } from './safely.ts';
import { createEventParser, type ServerSentEvent } from './sse.ts';

/**
 * What to listen to: the board of a contest, the caller's own numbers in a programme or progress in a course, or how the
 * learners of a course get on.
 */
export type Topic = `contest:${string}` | `program:${string}` | `course:${string}` | `cohort:${string}`;

/** `connecting` at first, `open` while events flow, `reconnecting` between connections, `closed` for good. */
export type LiveState = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** One function for each kind of message. */
export type LiveHandlers = { [Name in keyof LiveMessages]?: (message: LiveMessages[Name]) => void };

/** What a subscription calls and how it ends. */
export interface LiveOptions {
  /** Called with each message, by its name. */
  on?: LiveHandlers;
  /** Called at each change of state, with the error that caused it, if one did. */
  onState?: (state: LiveState, error?: unknown) => void;
  /** Resume after this event, such as the `lastEventId` of an earlier subscription. */
  lastEventId?: string;
  /** Closes the subscription. */
  signal?: AbortSignal | undefined;
  /** Milliseconds without a byte after which the connection counts as dead; 45,000 unless told. */
  silence?: number;
}

/** Options of `subscribe`. */
export interface SubscribeOptions extends Connection, LiveOptions {
  /** 1 to 10 topics. */
  topics: readonly Topic[];
}

/** A running subscription. */
export interface Subscription {
  readonly state: LiveState;
  /** Id of the last event received; empty before the first. */
  readonly lastEventId: string;
  /** Ends it. Nothing is called afterwards, but `onState('closed')`. */
  close(): void;
}

// Milliseconds: `retry: 0` must not become a storm, and a timer cannot be set for longer than 24 days.
const shortestWait = 100;
const longestBackOff = 30_000;
const longestWait = 3_600_000;
const eventStream = 'text/event-stream';

/**
 * Listens to server-sent events of `GET /live` (WHATWG HTML §9.2) over `fetch`, so that the credential travels in a
 * header. Reconnects by itself with `Last-Event-ID`: after the server's `retry:` time (1 s unless told, at least 0.1 s),
 * doubling up to 30 s while it fails, with jitter, no earlier than `Retry-After` and within the hour. Stops for good on
 * a refusal that waiting does not cure (401, 403, 404 …), handing its `LaurelError` to `onState`, and on 204.
 *
 * @example
 * ```ts
 * const board = subscribe({
 *   baseUrl: '/api',
 *   key: 'pk_…',
 *   topics: ['contest:spring'],
 *   on: { leaderboard: ({ top }) => render(top) },
 * });
 * board.close();
 * ```
 */
export function subscribe(options: SubscribeOptions): Subscription {
  const { topics, on = {}, onState, signal, silence = 45_000 } = options;
  let state: LiveState = 'connecting';
  let lastEventId = options.lastEventId ?? '';
  let retry = 1000;
  let failures = 0;
  let connection = new AbortController();
  let wake = () => {};

  function enter(next: LiveState, error?: unknown): void {
    if (state === 'closed' || state === next) return;
    state = next;
    safely(() => onState?.(next, error));
  }

  function close(error?: unknown): void {
    signal?.removeEventListener('abort', onAbort);
    enter('closed', error);
    connection.abort();
    wake();
  }
  const onAbort = () => close();

  function deliver({ type, data }: ServerSentEvent): void {
    if (!Object.hasOwn(on, type)) return;
    let message: never;
    try {
      message = JSON.parse(data) as never;
    } catch {
      return;
    }
    safely(() => on[type as keyof LiveHandlers]?.(message));
  }

  async function listen(): Promise<void> {
    const current = connection;
    const { signal } = current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hearBytes = () => {
      clearTimeout(timer);
      timer = setTimeout(() => current.abort(new DOMException('The stream fell silent', 'TimeoutError')), silence);
    };
    try {
      hearBytes();
      const response = await request(options, `/live?${new URLSearchParams({ topics: topics.join() })}`, {
        headers: { accept: eventStream, ...(lastEventId && { 'last-event-id': lastEventId }) },
        signal,
      });
      if (response.status === 204) return close();
      if (!response.body || !response.headers.get('content-type')?.startsWith(eventStream)) {
        throw new LaurelError('unexpected_response', response.status, '/live did not answer with an event stream');
      }
      enter('open');
      const parser = createEventParser(lastEventId);
      const reader = response.body.getReader();
      const read = () => overNetwork(() => reader.read(), signal);
      for (let part = await read(); !part.done; part = await read()) {
        hearBytes();
        failures = 0;
        for (const event of parser.push(part.value)) {
          // A handler may have closed it: what comes after is for the subscription that resumes.
          if (state === 'closed') return;
          lastEventId = event.lastEventId;
          deliver(event);
        }
        lastEventId = parser.lastEventId;
        retry = Math.max(shortestWait, parser.retry ?? retry);
      }
    } finally {
      clearTimeout(timer);
      current.abort();
    }
  }

  async function run(): Promise<void> {
    while (state !== 'closed') {
      let cause: unknown;
      try {
        connection = new AbortController();
        await listen();
      } catch (error) {
        if (!isTemporary(error)) return close(error);
        cause = error;
      }
      enter('reconnecting', cause);
      const backOff = Math.min(Math.max(longestBackOff, retry), retry * 2 ** failures++) * (0.5 + Math.random() / 2);
      const asked = cause instanceof LaurelError ? (cause.retryAfter ?? 0) * 1000 : 0;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, state === 'closed' ? 0 : Math.min(longestWait, Math.max(backOff, asked)));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort);
  void run();
  return {
    get state() {
      return state;
    },
    get lastEventId() {
      return lastEventId;
    },
    close: () => close(),
  };
}
