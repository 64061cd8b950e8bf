import type { OutboxStorage } from './outbox-storage.ts';

// Milliseconds. It must outlast one sending, because it is prolonged before each.
const leaseTime = 90_000;

/** The right to send, while one has it. */
interface Turn {
  /** Prolongs it; `false` when it was lost. Call before each sending. */
  keep(): Promise<boolean>;
}

/**
 * Runs `work` while nobody else who shares the storage runs theirs: under a Web Lock (W3C Web Locks API) of this name
 * where there are any, waiting for it; elsewhere under a lease record in the storage.
 *
 * Gives what `work` gives: the time of the next try. When another has the lease, gives when theirs ends.
 */
export async function takeTurn(
  name: string,
  owner: string,
  storage: OutboxStorage,
  signal: AbortSignal,
  work: (turn: Turn) => Promise<number>,
): Promise<number> {
  const { lease, release } = storage;
  if (!lease) return work({ keep: async () => true });
  const locks = globalThis.navigator?.locks;
  if (locks) return locks.request(name, { signal }, () => work({ keep: async () => true }));
  const take = () => lease(owner, Date.now(), Date.now() + leaseTime);
  const theirs = await take();
  if (theirs !== undefined) return theirs;
  try {
    return await work({ keep: async () => (await take()) === undefined });
  } finally {
    await release?.(owner);
  }
}
