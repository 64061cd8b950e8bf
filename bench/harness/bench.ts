/** One line of a bench's table. */
export interface Result {
  /** What was measured, such as `512 callers`. */
  name: string;
  value: number;
  /** Such as `conversions/s`, `ms` or `kB`. */
  unit: string;
  /** The reference measured in the same run, in the same unit. */
  reference?: { name: string; value: number };
  /** How we compare with it, so that larger is better when the goal is `atLeast`, smaller when it is `atMost`. */
  ratio?: number;
  /** What the ratio (the value, where there is none) should reach. */
  goal?: Goal;
}

/** A bound that a number should keep. */
export type Goal = { atLeast: number } | { atMost: number };

/** What a bench is given. */
export interface BenchContext {
  /** `true`: only show that it works, with small numbers; what it prints says nothing about speed. */
  short: boolean;
  /** A PostgreSQL with fsync on, for benches that ask for it. */
  postgresUrl: string;
  /** A Redis, or `null` where there is none. */
  redisUrl: string | null;
  /** A Chromium, for benches that ask for it. */
  chromium: string;
  /** Says how far the run is; not part of the result. */
  say(text: string): void;
}

/** A bench: one file of `benches/`, which exports it as default. */
export interface Bench {
  about: string;
  needs: readonly ('postgres' | 'redis' | 'chromium')[];
  /** The line whose reference, ratio and goal stand for the whole bench, by name; the first when absent. */
  headline?: string;
  run(context: BenchContext): Promise<Result[]>;
}

/** Whether a number keeps its bound. */
export const reaches = (value: number, goal: Goal) =>
  'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
