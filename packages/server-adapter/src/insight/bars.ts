const mostBars = 200;
const shortestBar = 1000;

/** A video cut into bars of equal length, the last of which may be shorter. Milliseconds. */
export interface Bars {
  lengthMs: number;
  barMs: number;
  count: number;
}

/** Cuts a video into at most 200 bars of at least a second. */
export function barsOf(lengthMs: number): Bars {
  const barMs = Math.max(shortestBar, Math.ceil(lengthMs / mostBars));
  return { lengthMs, barMs, count: Math.ceil(lengthMs / barMs) };
}

/** What changes at a bar. */
export interface Change {
  bar: number;
  /** So many more stretches (fewer, where it is below 0) cover this bar and all after it. */
  step: number;
  /** What is to be added for this bar alone. */
  extra: number;
}

/** What changes at each bar, of changes that were counted apart. */
export function addUp(changes: readonly Change[]): Change[] {
  const byBar = new Map<number, Change>();
  for (const { bar, step, extra } of changes) {
    const sum = byBar.get(bar) ?? { bar, step: 0, extra: 0 };
    sum.step += step;
    sum.extra += extra;
    byBar.set(bar, sum);
  }
  return [...byBar.values()];
}

/** For each bar how many stretches cover it, and what is to be added for it alone. */
export function runThrough({ count }: Bars, changes: readonly Change[]): { covering: number; extra: number }[] {
  const byBar = new Map(changes.map((change) => [change.bar, change]));
  let covering = 0;
  return Array.from({ length: count }, (_, bar) => {
    const { step = 0, extra = 0 } = byBar.get(bar) ?? {};
    covering += step;
    return { covering, extra };
  });
}

/** How many times each bar was played, rounded: all that was played of it by its length. `extra` is in milliseconds. */
export const timesPlayed = (bars: Bars, changes: readonly Change[]): number[] =>
  runThrough(bars, changes).map(({ covering, extra }, bar) =>
    Math.round(covering + extra / Math.min(bars.barMs, bars.lengthMs - bar * bars.barMs)),
  );

const mostCounted = 20_000;

/** Plays are counted for each so manieth learner: 1 for up to 20,000 viewers, then 2, 4, 8 …, so that they stay as many. */
export function eachManieth(viewers: number): number {
  let manieth = 1;
  while (viewers / manieth > mostCounted) manieth *= 2;
  return manieth;
}
