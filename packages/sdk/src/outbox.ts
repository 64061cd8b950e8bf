import type { Api } from './contract/api.ts';
import { indexedDbStorage } from './outbox-indexeddb.ts';
import { sendPending } from './outbox-pass.ts';
import { type ApiWrite, type Send, sendWith } from './outbox-send.ts';
import { memoryStorage, type OutboxItem, type OutboxStorage } from './outbox-storage.ts';
import { takeTurn } from './outbox-turn.ts';
import { randomKey } from './random.ts';
import { safely } from './safely.ts';

interface CommonOptions {
  /** Tells the outboxes of an origin apart; `laurel-outbox` unless told. */
  name?: string;
  /** Where items are kept: IndexedDB where there is one, otherwise memory, unless told. */
  storage?: OutboxStorage;
  /** Milliseconds before an item is tried again for the first time; 1,000 unless told. Doubles up to 5 minutes. */
  retryDelay?: number;
}

/** Options of `createOutbox`: who sends. */
export type OutboxOptions<Payload> = CommonOptions & ({ send: Send<Payload> } | { client: Api });

/** A queue that survives going offline and reloading. */
export interface Outbox<Payload> {
  /** Puts a payload in and starts sending. Resolves with its key once it is kept; a key known already changes nothing. */
  enqueue(payload: Payload, options?: { key?: string }): Promise<string>;
  /** What is still to be sent, in order. */
  pending(): Promise<OutboxItem<Payload>[]>;
  /** What was refused for good, with its `problem`. */
  failed(): Promise<OutboxItem<Payload>[]>;
  /** Puts a failed item back, under the same key. */
  retry(key: string): Promise<void>;
  /** Removes an item unsent. */
  discard(key: string): Promise<void>;
  /** Sends what is pending now, without waiting for its time. Resolves when it was tried. */
  flush(): Promise<void>;
  /** Calls `listener` after each change, also by another tab. Gives a function that stops it. */
  onChange(listener: () => void): () => void;
  /** Stops sending; what is kept stays for the next start. */
  close(): void;
}

const longestPause = 300_000;

/**
 * A queue of writes, each sent until the server has it, under one idempotency key, so that it has one effect however
 * often it was tried. Sends on start, on `enqueue`, on `online` and with back-off (and `Retry-After`), in order, from one
 * tab at a time. A refusal that waiting does not cure (4xx but 408, 425, 429) moves an item to `failed`; nothing is ever
 * dropped by itself. Functions reject when the storage does.
 *
 * @example
 * ```ts
 * const outbox = createOutbox({ client });
 * await outbox.enqueue({ operation: 'clicks.record', input: { referralCode: 'ANA' } });
 * ```
 */
export function createOutbox(options: CommonOptions & { client: Api }): Outbox<ApiWrite>;
export function createOutbox<Payload>(options: CommonOptions & { send: Send<Payload> }): Outbox<Payload>;
export function createOutbox<Payload>(options: OutboxOptions<Payload>): Outbox<Payload> {
  const { name = 'laurel-outbox', retryDelay = 1000 } = options;
  const send = ('send' in options ? options.send : sendWith(options.client)) as Send<unknown>;
  const storage = options.storage ?? (globalThis.indexedDB ? indexedDbStorage(name) : memoryStorage());
  const owner = randomKey();
  const closing = new AbortController();
  const listeners = new Set<() => void>();
  const channel = storage.lease && globalThis.BroadcastChannel ? new BroadcastChannel(name) : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let scheduled = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let wanted: 'due' | 'all' | undefined;

  const tell = () => {
    for (const listener of listeners) safely(listener);
  };
  function changed(): void {
    tell();
    if (!closing.signal.aborted) channel?.postMessage('changed');
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    let due = Number.POSITIVE_INFINITY;
    while (wanted && !closing.signal.aborted) {
      const all = wanted === 'all';
      wanted = undefined;
      try {
        due = await takeTurn(name, owner, storage, closing.signal, ({ keep }) =>
          sendPending({ storage, send, retryDelay, signal: closing.signal, changed, keep, all }),
        );
      } catch {
        // The storage failed: what it keeps is safe, and tried again later.
        due = Date.now() + longestPause;
      }
    }
    running = undefined;
    wake(due);
  }

  function wake(due: number): void {
    clearTimeout(timer);
    scheduled = due;
    if (closing.signal.aborted || due === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(() => void go('due'), Math.max(0, Math.min(due - Date.now(), longestPause)));
  }

  function go(what: 'due' | 'all'): Promise<void> {
    if (wanted !== 'all') wanted = what;
    running ??= run();
    return running;
  }

  const online = () => void go('all');
  globalThis.addEventListener?.('online', online);
  if (channel) {
    channel.onmessage = () => {
      tell();
      // The tab that put something in may be closed before it has sent it.
      if (running) wanted ??= 'due';
      else wake(Math.min(scheduled, Date.now() + retryDelay));
    };
    // Node only: an open channel must not keep the process alive.
    (channel as { unref?: () => void }).unref?.();
  }
  void go('all');

  const list = async (state: OutboxItem['state']) =>
    (await storage.all()).filter((item) => item.state === state) as OutboxItem<Payload>[];
  return {
    async enqueue(payload, { key = randomKey() } = {}) {
      const added = await storage.add({
        key,
        payload,
        state: 'pending',
        attempts: 0,
        nextAt: 0,
        enqueuedAt: Date.now(),
      });
      if (added) changed();
      void go('due');
      return key;
    },
    pending: () => list('pending'),
    failed: () => list('failed'),
    async retry(key) {
      const item = await storage.get(key);
      if (item?.state !== 'failed') return;
      const { problem, ...rest } = item;
      await storage.put({ ...rest, state: 'pending', attempts: 0, nextAt: 0 });
      changed();
      void go('due');
    },
    async discard(key) {
      await storage.remove(key);
      changed();
    },
    flush: () => go('all'),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing.abort();
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', online);
      channel?.close();
    },
  };
}
