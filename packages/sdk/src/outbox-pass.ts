import { LaurelError } from './errors.ts';
import type { Send } from './outbox-send.ts';
import type { OutboxItem, OutboxStorage } from './outbox-storage.ts';
import { isTemporary } from './problem.ts';

/** What going through an outbox needs. */
interface Pass {
  storage: OutboxStorage;
  send: Send<unknown>;
  /** Milliseconds before the second try. */
  retryDelay: number;
  /** Ends the pass; an item whose sending it aborts stays as it was. */
  signal: AbortSignal;
  /** Called after each change of the storage. */
  changed(): void;
  /** Asked before each sending: `false` when somebody else may be sending now. */
  keep(): Promise<boolean>;
  /** Also what is not due yet. */
  all: boolean;
}

const longestDelay = 300_000;

// Items go out in order, so that one may rely on those before it; only a fault of the server in one item lets others by.
const blocks = ({ problem }: OutboxItem) => problem?.code !== 'internal_error';

/** Sends one item. Gives it as it is to be tried again, or nothing when that is not so. */
async function sendItem(item: OutboxItem, pass: Pass): Promise<OutboxItem | undefined> {
  const { storage, send, retryDelay, signal } = pass;
  try {
    await send(item.payload, { idempotencyKey: item.key, signal });
    await storage.remove(item.key);
  } catch (error) {
    if (signal.aborted) return item;
    const problem = error instanceof LaurelError ? error : new LaurelError('network_error', 0, String(error));
    const { code, status, detail, errors, retryAfter = 0 } = problem;
    const delay = Math.min(longestDelay, retryDelay * 2 ** item.attempts) * (0.5 + Math.random() / 2);
    const tried: OutboxItem = {
      ...item,
      state: isTemporary(error) ? 'pending' : 'failed',
      attempts: item.attempts + 1,
      nextAt: Date.now() + Math.max(delay, retryAfter * 1000),
      problem: { code, status, detail, ...(errors && { errors }) },
    };
    await storage.put(tried);
    if (tried.state === 'pending') return tried;
  } finally {
    pass.changed();
  }
  return undefined;
}

/** Goes once through what is pending. Gives when the next try is due, milliseconds since 1970, or infinity. */
export async function sendPending(pass: Pass): Promise<number> {
  const { storage, signal, keep, all } = pass;
  let due = Number.POSITIVE_INFINITY;
  for (const { key } of (await storage.all()).filter((item) => item.state === 'pending')) {
    // Asked first and read after: whoever had the turn until now may have sent it.
    if (signal.aborted || !(await keep())) return due;
    const item = await storage.get(key);
    if (item?.state !== 'pending') continue;
    const waiting = all || item.nextAt <= Date.now() ? await sendItem(item, pass) : item;
    if (waiting) due = Math.min(due, waiting.nextAt);
    if (waiting && blocks(waiting)) break;
  }
  return due;
}
