import { oneAtATime } from './one-at-a-time.ts';

/**
 * One thing that becomes due by the database's clock. It finds its own work, does it at most once whatever runs beside it on
 * other nodes, and leaves it to the next run when it fails.
 */
export type KeeperStep = () => Promise<void>;

/** Keeps contests to their times. */
export interface Keeper {
  /** Does everything that is due now; calls that meet are one run and then one more. */
  run(): Promise<void>;
}

/** Makes the keeper. Steps run one after the other, in this order; one that fails does not keep the others from running. */
export function createKeeper(steps: readonly KeeperStep[], onFailure: (error: unknown) => void): Keeper {
  return {
    run: oneAtATime(async () => {
      for (const step of steps) await step().catch(onFailure);
    }),
  };
}
