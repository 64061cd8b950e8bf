import type { LiveMessages } from '@laurelkit/sdk/contract';
import type { Bus, BusMessage } from '../bus.ts';
import type { Context } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import { encodeMessage, openSse, type SseStream } from './sse.ts';

/** A message of a topic and the position a reader has reached once they have it. */
export type LiveFrame = {
  [Name in keyof LiveMessages]: { event: Name; data: LiveMessages[Name]; position: number };
}[keyof LiveMessages];

/** Something a reader can follow. */
export interface LiveTopic {
  /** The same for all readers who see the same messages. */
  key: string;
  /** What brings a reader at `position` up to date (`null`: one who has nothing yet), or `null` when nothing is new. */
  read(position: number | null): Promise<LiveFrame | null>;
  concerns(message: BusMessage): boolean;
}

/** Opens the topics of one kind, the word before the colon. */
export type TopicOpener = (name: string, reference: string, context: Context) => Promise<LiveTopic>;

interface Reader {
  stream: SseStream;
  /** Position reached in each of its topics, in the order asked for; `null` before the first message. */
  positions: (number | null)[];
}

interface Hub {
  topic: LiveTopic;
  position: number | null;
  readers: Map<Reader, number>;
  busy: boolean;
  dirty: boolean;
}

const quietMilliseconds = 250;
const beatMilliseconds = 15_000;
const longestMilliseconds = 30 * 60_000;

/** Live updates of a node. */
export interface Live {
  handlers: Handlers<'live'>;
  /** How many streams are open. */
  readonly size: number;
  /** Ends all streams; readers come back after `retry` milliseconds, to another node where there is one. */
  close(retry?: number): void;
}

/** Makes the live updates: one hub a topic, fed by the bus, at most four messages a second. */
export function createLive(bus: Bus, openers: Record<string, TopicOpener>, onFailure: (error: unknown) => void): Live {
  const hubs = new Map<string, Hub>();
  const streams = new Set<SseStream>();
  const beat = setInterval(() => {
    for (const stream of streams) stream.beat();
  }, beatMilliseconds);
  beat.unref?.();

  bus.subscribe((message) => {
    for (const hub of hubs.values()) {
      if (message.missed || hub.topic.concerns(message)) wake(hub);
    }
  });

  const wake = (hub: Hub) => {
    hub.dirty = true;
    if (!hub.busy) void drain(hub);
  };

  const drain = async (hub: Hub) => {
    hub.busy = true;
    while (hub.dirty && hub.readers.size > 0) {
      hub.dirty = false;
      try {
        const frame = await hub.topic.read(hub.position);
        if (frame) broadcast(hub, frame);
      } catch (error) {
        onFailure(error);
      }
      await new Promise((resolve) => setTimeout(resolve, quietMilliseconds));
    }
    hub.busy = false;
  };

  const broadcast = (hub: Hub, frame: LiveFrame) => {
    hub.position = frame.position;
    const message = encodeMessage(frame.event, frame.data);
    for (const [reader, index] of hub.readers) deliver(reader, index, frame, message);
  };

  const deliver = (reader: Reader, index: number, frame: LiveFrame, message: Uint8Array) => {
    const reached = reader.positions[index] ?? null;
    if (frame.event === 'leaderboard' && reached !== null && frame.position <= reached) return;
    reader.positions[index] = frame.position;
    reader.stream.send(message, reader.positions.map((position) => position ?? 0).join('.'));
  };

  const join = async (topic: LiveTopic, reader: Reader, index: number, since: number | null) => {
    const hub = hubs.get(topic.key) ?? { topic, position: since, readers: new Map(), busy: false, dirty: false };
    hubs.set(topic.key, hub);
    hub.readers.set(reader, index);
    const frame = await topic.read(since);
    if (!frame) return;
    hub.position ??= frame.position;
    deliver(reader, index, frame, encodeMessage(frame.event, frame.data));
  };

  const leave = (reader: Reader) => {
    for (const [key, hub] of hubs) {
      if (hub.readers.delete(reader) && hub.readers.size === 0) hubs.delete(key);
    }
  };

  return {
    get size() {
      return streams.size;
    },

    handlers: {
      stream: async ({ topics: list }, context) => {
        const names = list.split(',');
        const topics = await Promise.all(names.map((name) => openTopic(name, openers, context)));
        const since = positionsOf(context.request?.headers.get('last-event-id'), names.length);
        const stream = openSse(context.responseHeaders, () => {
          streams.delete(stream);
          clearTimeout(longest);
          leave(reader);
        });
        const reader: Reader = { stream, positions: names.map((_, index) => since?.[index] ?? null) };
        const longest = setTimeout(() => stream.end(1000), longestMilliseconds * (0.8 + Math.random() * 0.4));
        longest.unref?.();
        streams.add(stream);
        topics.forEach((topic, index) => {
          join(topic, reader, index, since?.[index] ?? null).catch(onFailure);
        });
        return stream.response;
      },
    },

    close: (retry = 1000) => {
      clearInterval(beat);
      for (const stream of [...streams]) stream.end(retry);
    },
  };
}

function openTopic(name: string, openers: Record<string, TopicOpener>, context: Context): Promise<LiveTopic> {
  const colon = name.indexOf(':');
  const opener = openers[name.slice(0, colon)] as TopicOpener;
  return opener(name, name.slice(colon + 1), context);
}

/** The positions in a `Last-Event-ID` we gave out for this many topics, or `null`. */
function positionsOf(header: string | null | undefined, count: number): number[] | null {
  const positions = header?.split('.').map(Number) ?? [];
  return positions.length === count && positions.every((each) => Number.isSafeInteger(each) && each >= 0)
    ? positions
    : null;
}
