import type { LiveFrame, LiveTopic } from './live-topic.ts';
import type { Sink } from './sink.ts';
import { inSlices } from './slices.ts';
import { encodeEvent } from './sse.ts';

/** One open stream. */
export interface LiveReader {
  readonly sink: Sink;
  /** Position reached in each of its topics, in the order asked for; `null` before the first message. */
  readonly positions: (number | null)[];
}

/** All readers of one topic on this node. */
export interface LiveHub {
  readonly key: string;
  readonly topic: LiveTopic;
  readonly size: number;
  /** Takes a reader in, whose topic this is at `index`, and brings it up to date. */
  join(reader: LiveReader, index: number): Promise<void>;
  leave(reader: LiveReader): void;
  /** Something may be new: readers hear of it now, or a quarter of a second after they last did. */
  wake(): void;
}

/** How a hub hands over what it has. */
export interface HubOptions {
  send(reader: LiveReader, bytes: Uint8Array): void;
  onBroadcast(): void;
  onFailure(error: unknown): void;
  /** Milliseconds between two turns, and that a read is good for those who join. */
  quiet?: number;
}

/** A frame, and its bytes: the same for all readers who get the same id. */
interface Framed {
  position: number;
  bytes(id: string): Uint8Array;
}

/** How many times as long as usual it is before a read that failed is tried again: two seconds. */
const failurePauses = 8;

/**
 * Makes the hub of a topic. Readers are served by where they stand: each gets what lies between its own position and the
 * newest, so nothing is lost or repeated however joining and broadcasting cross, and those who stand together share one
 * read and one buffer.
 */
export function createHub(
  key: string,
  topic: LiveTopic,
  { send, onBroadcast, onFailure, quiet = 250 }: HubOptions,
): LiveHub {
  const readers = new Map<LiveReader, number>();
  let reads = new Map<number | null, Promise<Framed | null>>();
  let readsUntil = 0;
  /** The furthest position anything was read of. */
  let furthest: number | null = null;
  let dirty = false;
  let running = false;

  const isBehind = (position: number | null) => furthest !== null && (position === null || position < furthest);

  const read = async (position: number | null) => {
    const frame = await topic.read(position);
    return frame && framed(frame);
  };

  const deliver = (reader: LiveReader, from: number | null, frame: Framed) => {
    const index = readers.get(reader);
    furthest = Math.max(furthest ?? 0, frame.position);
    if (index === undefined) return;
    if (reader.positions[index] === from) {
      reader.positions[index] = frame.position;
      send(reader, frame.bytes(reader.positions.map((position) => position ?? 0).join('.')));
    }
    // Another read was quicker, and saw less.
    if (isBehind(reader.positions[index] ?? null)) dirty = true;
  };

  const turn = async () => {
    const groups = new Map<number | null, LiveReader[]>();
    for (const [reader, index] of readers) {
      const position = reader.positions[index] ?? null;
      const group = groups.get(position);
      if (group) group.push(reader);
      else groups.set(position, [reader]);
    }
    let newest = Number.POSITIVE_INFINITY;
    for (const [from, group] of [...groups].sort(([a], [b]) => (a ?? -1) - (b ?? -1))) {
      // Who claims to be further than the newest would cost a read at each turn.
      const frame = (from ?? 0) > newest ? null : await read(from);
      if (!frame) return;
      newest = frame.position;
      onBroadcast();
      await inSlices(group, (reader) => deliver(reader, from, frame));
    }
  };

  const run = async () => {
    running = true;
    while (dirty && readers.size > 0) {
      dirty = false;
      reads = new Map();
      let pause = quiet;
      await turn().catch((error: unknown) => {
        onFailure(error);
        // Nobody may wake it again: what is new is read once the database is back.
        dirty = true;
        pause = quiet * failurePauses;
      });
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, pause);
        timer.unref?.();
      });
    }
    running = false;
  };

  const wake = () => {
    dirty = true;
    if (!running) void run();
  };

  /** Thousands come back at once after a restart: those who stand together share a read. */
  const sharedRead = (position: number | null) => {
    if (performance.now() >= readsUntil) {
      reads = new Map();
      readsUntil = performance.now() + quiet;
    }
    const shared = reads.get(position) ?? read(position);
    reads.set(position, shared);
    return shared;
  };

  return {
    key,
    topic,
    get size() {
      return readers.size;
    },
    join: async (reader, index) => {
      if (readers.has(reader)) return;
      readers.set(reader, index);
      const from = reader.positions[index] ?? null;
      const frame = await sharedRead(from).catch((error: unknown) => {
        wake();
        throw error;
      });
      if (frame) deliver(reader, from, frame);
      if (dirty || isBehind(reader.positions[index] ?? null)) wake();
    },
    leave: (reader) => void readers.delete(reader),
    wake,
  };
}

function framed({ event, data, position }: LiveFrame): Framed {
  const json = JSON.stringify(data);
  let last: { id: string; bytes: Uint8Array } | undefined;
  return {
    position,
    bytes: (id) => {
      if (last?.id !== id) last = { id, bytes: encodeEvent(event, json, id) };
      return last.bytes;
    },
  };
}
