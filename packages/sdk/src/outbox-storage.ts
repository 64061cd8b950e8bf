import type { FieldError, LaurelErrorCode } from './errors.ts';

/** Something waiting to be sent, or refused for good. */
export interface OutboxItem<Payload = unknown> {
  /** Its idempotency key: there is one item of a key. */
  key: string;
  payload: Payload;
  /** `failed`: refused for good; kept until `retry` or `discard`. */
  state: 'pending' | 'failed';
  /** How often it was sent. */
  attempts: number;
  /** Not sent again before this time, milliseconds since 1970. */
  nextAt: number;
  /** When it was put in, milliseconds since 1970. */
  enqueuedAt: number;
  /** Why the last try did not succeed. */
  problem?: { code: LaurelErrorCode; status: number; detail: string; errors?: readonly FieldError[] };
}

/** Where an outbox keeps its items. Each function is atomic and durable when its promise resolves. */
export interface OutboxStorage {
  /** Adds an item; `false`, changing nothing, when there is one of its key. */
  add(item: OutboxItem): Promise<boolean>;
  /** All items in the order they were added. */
  all(): Promise<OutboxItem[]>;
  get(key: string): Promise<OutboxItem | undefined>;
  /** Replaces the item of this key in its place; does nothing when it is gone. */
  put(item: OutboxItem): Promise<void>;
  remove(key: string): Promise<void>;
  /**
   * Takes or prolongs the right to send until `until`; while another owner has it, gives when theirs ends instead. Times
   * are milliseconds since 1970. Absent where nobody else can see the storage.
   */
  lease?(owner: string, now: number, until: number): Promise<number | undefined>;
  /** Gives the right to send back. */
  release?(owner: string): Promise<void>;
}

/** Keeps items in memory: for Node, workers, and tests. */
export function memoryStorage(): OutboxStorage {
  const items = new Map<string, OutboxItem>();
  return {
    async add(item) {
      if (items.has(item.key)) return false;
      items.set(item.key, structuredClone(item));
      return true;
    },
    all: async () => structuredClone([...items.values()]),
    get: async (key) => structuredClone(items.get(key)),
    async put(item) {
      if (items.has(item.key)) items.set(item.key, structuredClone(item));
    },
    async remove(key) {
      items.delete(key);
    },
  };
}
