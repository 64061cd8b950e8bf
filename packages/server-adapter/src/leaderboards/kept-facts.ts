import type { ContestFacts } from './contest-facts.ts';

/** What one contest is, kept until somebody changes it. */
export interface KeptFacts {
  /** The facts kept, if there are any. */
  readonly known: ContestFacts | undefined;
  /** The facts kept, or read now; `null` when the contest is gone. */
  get(): Promise<ContestFacts | null>;
  /** Grows with every change: facts that were asked for before one are not taken. */
  readonly version: number;
  /** Takes facts that were asked for at a version. */
  take(facts: ContestFacts, version: number): void;
  forget(): void;
}

/**
 * Makes the place for facts, none there yet.
 * @param onTaken - hears of facts taken, `null` when the contest is gone
 */
export function createKeptFacts(
  read: () => Promise<ContestFacts | null>,
  onTaken: (facts: ContestFacts | null) => void,
): KeptFacts {
  let version = 0;
  let known: ContestFacts | undefined;
  let reading: Promise<ContestFacts | null> | undefined;

  const take = (facts: ContestFacts, at: number) => {
    if (at !== version) return;
    known = facts;
    onTaken(facts);
  };

  const readUntilCurrent = async (): Promise<ContestFacts | null> => {
    for (;;) {
      const at = version;
      const facts = await read();
      if (at !== version) continue;
      if (facts) take(facts, at);
      else onTaken(null);
      return facts;
    }
  };

  return {
    get known() {
      return known;
    },
    get: async () => {
      if (known) return known;
      if (reading) return reading;
      const started = readUntilCurrent().finally(() => {
        if (reading === started) reading = undefined;
      });
      reading = started;
      return started;
    },
    get version() {
      return version;
    },
    take,
    forget: () => {
      version += 1;
      known = undefined;
      reading = undefined;
    },
  };
}
