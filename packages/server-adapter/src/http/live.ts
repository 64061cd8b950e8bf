import { type Bus, subjectsOf } from '../bus.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { createHub, type LiveHub, type LiveReader } from './live-hub.ts';
import { createOpening, type OpenedTopic } from './live-opening.ts';
import { createSeats, type LiveLimits } from './live-seats.ts';
import type { TopicKind } from './live-topic.ts';
import type { Connect } from './sink.ts';
import { inSlices } from './slices.ts';
import { encodeRetry, heartbeat, writeTo } from './sse.ts';

const beatMilliseconds = 15_000;
const longestMilliseconds = 30 * 60_000;

/** What the live updates have done since the start. */
export interface LiveCounts {
  broadcasts: number;
  /** Readers let go because they did not read. */
  slow: number;
}

/** Live updates of a node. */
export interface Live {
  handlers: Handlers<'live'>;
  /** How many streams are open. */
  readonly size: number;
  readonly counts: Readonly<LiveCounts>;
  /** Ends all streams and opens no more. Readers come back after 1 to 5 s, to another node where there is one. */
  close(): Promise<void>;
}

/** What live updates need. */
export interface LiveServices {
  bus: Bus;
  topics: Record<string, TopicKind>;
  limits?: Partial<LiveLimits> | undefined;
  onFailure(error: unknown): void;
}

interface Stream extends LiveReader {
  hubs: LiveHub[];
  /** When it is ended, so that long-lived ones spread over all nodes again. */
  until: number;
  ending: boolean;
}

/** So that not all come back in one second. */
const comeBack = () => encodeRetry(1000 + Math.floor(Math.random() * 4000));

/** Makes the live updates: one hub a topic, fed by the bus. */
export function createLive({ bus, topics: kinds, limits, onFailure }: LiveServices): Live {
  const open = createOpening(kinds);
  const hubs = new Map<string, LiveHub>();
  const bySubject = new Map<string, Set<LiveHub>>();
  const streams = new Set<Stream>();
  const seats = createSeats(limits);
  const counts: LiveCounts = { broadcasts: 0, slow: 0 };
  let closed = false;

  const send = ({ sink }: LiveReader, bytes: Uint8Array) => {
    if (!writeTo(sink, bytes)) counts.slow++;
  };
  const dismiss = (stream: Stream) => {
    // It was asked to end a while ago, and still does not read.
    if (stream.ending) return stream.sink.drop();
    stream.ending = true;
    stream.sink.write(comeBack());
    stream.sink.end();
  };

  const tend = async () => {
    const now = performance.now();
    await inSlices(streams, (stream) => (now < stream.until ? send(stream, heartbeat) : dismiss(stream)));
  };
  const beat = setInterval(() => void tend(), beatMilliseconds);
  beat.unref?.();

  bus.subscribe((message) => {
    if (message.missed) for (const hub of hubs.values()) hub.wake();
    else for (const subject of subjectsOf(message)) for (const hub of bySubject.get(subject) ?? []) hub.wake();
  });

  const hubOf = ({ key, topic }: OpenedTopic): LiveHub => {
    const known = hubs.get(key);
    if (known) return known;
    const hub = createHub(key, topic, { send, onFailure, onBroadcast: () => counts.broadcasts++ });
    hubs.set(key, hub);
    for (const subject of topic.subjects) bySubject.set(subject, (bySubject.get(subject) ?? new Set()).add(hub));
    return hub;
  };

  const leave = (stream: Stream) => {
    streams.delete(stream);
    for (const hub of stream.hubs) {
      hub.leave(stream);
      if (hub.size > 0 || hubs.get(hub.key) !== hub) continue;
      hubs.delete(hub.key);
      for (const subject of hub.topic.subjects) {
        const others = bySubject.get(subject);
        others?.delete(hub);
        if (others?.size === 0) bySubject.delete(subject);
      }
    }
  };

  const enter = (connect: Connect, joined: LiveHub[], positions: (number | null)[], release: () => void) => {
    const sink = connect(() => {
      leave(stream);
      release();
    });
    const until = performance.now() + longestMilliseconds * (0.8 + Math.random() * 0.4);
    const stream: Stream = { sink, positions, hubs: joined, until, ending: false };
    streams.add(stream);
    // The end began between the answer and its opening.
    if (closed) return dismiss(stream);
    sink.write(encodeRetry(1000 + Math.floor(Math.random() * 2000)));
    for (const [index, hub] of joined.entries()) hub.join(stream, index).catch(onFailure);
  };

  return {
    counts,
    get size() {
      return streams.size;
    },

    handlers: {
      stream: async ({ topics: list }, context) => {
        const names = list.split(',');
        const topics = await Promise.all(names.map((name) => open(name, context)));
        if (closed) throw new LaurelProblem('unavailable', 'The server is shutting down.', { retryAfter: 2 });
        const since = positionsOf(context.arrival?.header('last-event-id'), names.length);
        const release = seats.take(context.caller, context.address);
        return {
          cancel: release,
          open: (connect) =>
            enter(
              connect,
              topics.map(hubOf),
              topics.map((_, index) => since?.[index] ?? null),
              release,
            ),
        };
      },
    },

    close: async () => {
      closed = true;
      clearInterval(beat);
      await inSlices(streams, dismiss);
    },
  };
}

/** The positions in a `Last-Event-ID` we gave out for this many topics, or `null`. */
function positionsOf(header: string | null | undefined, count: number): number[] | null {
  const positions = header?.split('.').map(Number) ?? [];
  return positions.length === count && positions.every((each) => Number.isSafeInteger(each) && each >= 0)
    ? positions
    : null;
}
