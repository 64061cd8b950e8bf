import { LaurelProblem } from '../problem.ts';
import { type Caller, nameOf } from './caller.ts';

/** Most streams open at once on one node. */
export const defaultLiveLimits = {
  /** All together: each takes about 15 kB. */
  node: 25_000,
  /** From one IPv4 address or IPv6 /64: an office or a school behind one address stays below. */
  address: 1_000,
  /** With one publishable key. */
  publishable: 20_000,
  /** With one secret key. */
  secret: 1_000,
  /** Of one participant. */
  participant: 20,
  /** Of one of the staff. */
  staff: 20,
};

export type LiveLimits = typeof defaultLiveLimits;

const comeBackSeconds = 10;

/** Who holds seats: all, an address, a credential. Held by each stream, so it is shared and small. */
interface Holder {
  readonly name: string;
  taken: number;
}

/** Makes the count of open streams. `take` answers the function that gives the seat back; calling it again does nothing. */
export function createSeats(limits: Partial<LiveLimits> = {}) {
  const most = { ...defaultLiveLimits, ...limits };
  const holders = new Map<string, Holder>();

  const holderOf = (name: string, limit: number): Holder => {
    const holder = holders.get(name) ?? { name, taken: 0 };
    if (holder.taken < limit) return holder;
    throw new LaurelProblem('too_many_requests', `At most ${limit} live streams at once. Close one, or try later.`, {
      retryAfter: comeBackSeconds,
    });
  };

  return {
    /** @throws LaurelProblem too_many_requests */
    take: (caller: Caller, address: string): (() => void) => {
      const own = [
        holderOf('node', most.node),
        holderOf(`address:${address}`, most.address),
        holderOf(nameOf(caller), caller.kind === 'public' ? most.node : most[caller.kind]),
      ];
      for (const holder of own) {
        holder.taken++;
        holders.set(holder.name, holder);
      }
      let held = true;
      return () => {
        for (const holder of held ? own : []) {
          holder.taken--;
          if (holder.taken === 0) holders.delete(holder.name);
        }
        held = false;
      };
    },
  };
}
