/** From (included) to (not included), whole numbers: milliseconds of a video's time, or of the clock. */
export type Interval = readonly [from: number, to: number];

/**
 * The union of intervals: in order, apart from each other, none empty. Order, repetition and the way they were cut make no
 * difference: a join-semilattice.
 */
export function union(...lists: readonly (readonly Interval[])[]): Interval[] {
  // One or none is what nearly all of them hold.
  let count = 0;
  let only: Interval | undefined;
  for (const list of lists) {
    count += list.length;
    only = list[0] ?? only;
  }
  if (count < 2) return only && only[0] < only[1] ? [only] : [];
  const all = lists.flat().filter(([from, to]) => from < to);
  all.sort(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [from, to] of all) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** How long intervals are together, once each. */
export const lengthOf = (intervals: readonly Interval[]): number =>
  union(intervals).reduce((sum, [from, to]) => sum + to - from, 0);

/** How much of a stretch intervals cover, once each. */
export const covered = (intervals: readonly Interval[], stretch: Interval): number =>
  lengthOf(within(intervals, stretch));

/** What of a stretch is left out. */
export function gapsWithin(intervals: readonly Interval[], [from, to]: Interval): Interval[] {
  const gaps: Interval[] = [];
  let at = from;
  for (const [start, end] of union(within(intervals, [from, to]))) {
    if (at < start) gaps.push([at, start]);
    at = end;
  }
  if (at < to) gaps.push([at, to]);
  return gaps;
}

const within = (intervals: readonly Interval[], [from, to]: Interval): Interval[] =>
  intervals.map(([start, end]) => [Math.max(start, from), Math.min(end, to)]);
