import { createCall } from '../calls.ts';
import type { Api } from '../contract/api.ts';
import type { LaurelError, LaurelErrorCode } from '../errors.ts';
import { createOutbox } from '../outbox.ts';
import type { OutboxStorage } from '../outbox-storage.ts';
import { isTemporary } from '../problem.ts';
import type { Connection } from '../request.ts';
import { safely } from '../safely.ts';
import { deviceId } from './device.ts';
import { eventId } from './event-id.ts';

/** What is sent of one event. */
export type ProgressEvent = Parameters<Api['progress']['record']>[0]['events'][number];

/** What is told of one event: the rest is added. */
export type Told = Omit<ProgressEvent, 'id' | 'timeZone' | 'device' | 'occurredAt'> & { occurredAt?: string };

/** What the server answered to events. */
export type ProgressAnswer = Awaited<ReturnType<Api['progress']['record']>>;

/** An event that was not taken, and why. */
export interface Refusal {
  event: ProgressEvent;
  code: LaurelErrorCode | NonNullable<ProgressAnswer['outcomes'][number]['code']>;
}

/** Options of `createProgressOutbox`: what of, whose, and who sends. */
export type ProgressOutboxOptions = {
  /** Id or slug of the course. */
  course: string;
  /**
   * Tells the learners who share a browser apart, such as the id of the enrolment: what one of them did is never sent as another.
   */
  learner: string;
  /** Where events wait: as of `createOutbox`. */
  storage?: OutboxStorage;
  /** As of `createOutbox`. */
  retryDelay?: number;
} & ({ connection: Connection } | { client: Pick<Api, 'progress'> });

/** Progress on its way to the server. */
export interface ProgressOutbox {
  /** Keeps events and starts sending. Resolves once they are kept: from then on they survive a reload and being offline. */
  record(...told: Told[]): Promise<void>;
  /** How many events still wait. */
  pending(): Promise<number>;
  /** Sends what waits now, without waiting for its time. */
  flush(): Promise<void>;
  /** Calls at each answer of the server to events of this page or of another tab’s that went with them. */
  onAnswer(listener: (answer: ProgressAnswer) => void): () => void;
  /** Calls for each event that was refused for good. */
  onRefused(listener: (refusal: Refusal) => void): () => void;
  /** Calls when something was put in or has left, also by another tab. */
  onChange(listener: () => void): () => void;
  /** Stops sending; what waits stays for the next start. */
  close(): void;
}

const mostEvents = 100;
/** Browsers let 64 kB of bodies go on after a page has gone. */
const mostKeptAlive = 30_000;

const keptAlive =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  (input, init) =>
    fetch(input, { ...init, keepalive: `${init?.body ?? ''}`.length < mostKeptAlive });

function recordWith(options: ProgressOutboxOptions): Api['progress']['record'] {
  if ('client' in options) return options.client.progress.record;
  const { connection } = options;
  const fetch: typeof globalThis.fetch = (...given) => keptAlive(connection.fetch ?? globalThis.fetch)(...given);
  return createCall({ ...connection, fetch }, 'POST /courses/{course}/progress') as Api['progress']['record'];
}

/**
 * Progress events of a learner in a course, each sent until the server has it, in lists of at most 100: on start, when there is
 * something new, and when the browser is online again. An event has one effect however often it is sent, by its id. What the
 * server refuses is told and does not hold up the rest; while nobody is signed in, events wait.
 *
 * @example
 * ```ts
 * const outbox = createProgressOutbox({ connection: { baseUrl: '/api', token }, course: 'baking', learner: enrolment.id });
 * await outbox.record({ lesson: 'welcome', kind: 'viewed' });
 * ```
 */
export function createProgressOutbox(options: ProgressOutboxOptions): ProgressOutbox {
  const { course, learner, storage, retryDelay } = options;
  const send = recordWith(options);
  const device = deviceId();
  const answered = new Set<(answer: ProgressAnswer) => void>();
  const refused = new Set<(refusal: Refusal) => void>();
  /** Where nothing can be kept: told again with the next. */
  let held: ProgressEvent[] = [];
  let leaving = false;

  const refuse = (refusal: Refusal) => {
    for (const listener of refused) safely(() => listener(refusal));
  };

  async function sendEvents(events: ProgressEvent[], signal?: AbortSignal): Promise<void> {
    const answer = await send({ course, events }, signal ? { signal } : {});
    for (const listener of answered) safely(() => listener(answer));
    const codes = new Map(answer.outcomes.map(({ id, code }) => [id, code]));
    for (const event of events) {
      const code = codes.get(event.id);
      if (code) refuse({ event, code });
    }
  }

  const outbox = createOutbox<ProgressEvent[]>({
    name: `laurel-progress ${course} ${learner}`,
    ...(storage && { storage }),
    ...(retryDelay !== undefined && { retryDelay }),
    async send(events, { idempotencyKey, signal }) {
      const behind = (await outbox.pending()).filter(({ key }) => key !== idempotencyKey);
      const all = [...events];
      const along: string[] = [];
      for (const { key, payload } of behind) {
        if (all.length + payload.length > mostEvents) break;
        all.push(...payload);
        along.push(key);
      }
      try {
        await sendEvents(all, signal).catch((error: unknown) => {
          if (along.length === 0 || isTemporary(error)) throw error;
          // One of them spoils the list: the others go by themselves.
          along.length = 0;
          return sendEvents(events, signal);
        });
      } catch (error) {
        const { status = 0, code } = error as Partial<LaurelError>;
        // Whoever signs in again sends what waits.
        if (status === 401) throw new Error('Nobody is signed in', { cause: error });
        if (code && !isTemporary(error)) for (const event of events) refuse({ event, code });
        throw error;
      }
      for (const key of along) await outbox.discard(key);
    },
  });

  async function retryRefused(): Promise<void> {
    // They have enrolled since, perhaps.
    for (const { key, problem } of await outbox.failed()) if (problem?.code === 'not_enrolled') await outbox.retry(key);
  }
  void retryRefused().catch(() => {});

  const onLeave = () => {
    leaving = true;
  };
  const onReturn = () => {
    leaving = false;
  };
  globalThis.addEventListener?.('pagehide', onLeave, true);
  globalThis.addEventListener?.('pageshow', onReturn, true);

  async function keep(events: ProgressEvent[]): Promise<void> {
    try {
      await outbox.enqueue(events);
    } catch {
      await sendEvents(events).catch((error: unknown) => {
        if (!isTemporary(error)) throw error;
        held.push(...events);
      });
    }
  }

  return {
    async record(...told) {
      const now = new Date();
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const events: ProgressEvent[] = [
        ...held,
        ...told.map((each) => ({
          occurredAt: now.toISOString(),
          ...each,
          id: eventId(now.getTime()),
          ...(timeZone && { timeZone }),
          device,
        })),
      ];
      held = [];
      // There may be no time for more than this; what is kept as well has no second effect.
      if (leaving) void sendEvents(events.slice(0, mostEvents)).catch(() => {});
      const lists = Array.from({ length: Math.ceil(events.length / mostEvents) }, (_, index) =>
        events.slice(index * mostEvents, (index + 1) * mostEvents),
      );
      await Promise.all(lists.map(keep));
    },
    pending: async () => held.length + (await outbox.pending()).reduce((sum, { payload }) => sum + payload.length, 0),
    flush: outbox.flush,
    onAnswer(listener) {
      answered.add(listener);
      return () => answered.delete(listener);
    },
    onRefused(listener) {
      refused.add(listener);
      return () => refused.delete(listener);
    },
    onChange: outbox.onChange,
    close() {
      globalThis.removeEventListener?.('pagehide', onLeave, true);
      globalThis.removeEventListener?.('pageshow', onReturn, true);
      outbox.close();
    },
  };
}
