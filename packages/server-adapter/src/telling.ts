import type { Bus, BusMessage } from './bus.ts';

/** A row that says, where it is a statement's first, what other nodes should hear of. */
export interface Told {
  told?: BusMessage | null;
}

/**
 * Runs a writer's statement and sees that every node hears of it: by NOTIFY in its transaction on the channel it is given,
 * or, where the channel is null, by what its rows say once it has been committed.
 */
export type Telling = <Row extends Told>(
  write: (channel: string | null) => Promise<readonly Row[]>,
) => Promise<readonly Row[]>;

/** Makes the telling of a node. `onCommit` hears first of what this node has itself committed. */
export function createTelling(bus: Bus, onCommit: (message: BusMessage) => void): Telling {
  return async (write) => {
    const { direct } = bus;
    const rows = await write(direct ? null : bus.channel);
    for (const { told } of rows) {
      if (!told) continue;
      onCommit(told);
      if (direct) await bus.publish(told);
    }
    return rows;
  };
}
