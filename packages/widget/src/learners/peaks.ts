/** What stands out of how a video is played, in milliseconds of its time. */
export interface Peaks {
  /** Where it was played again most, and how often beyond once a viewer; `null` where nobody did. */
  again: { atMs: number; times: number } | null;
  /** After what most stopped, and how many; `null` where nobody did. */
  left: { atMs: number; viewers: number } | null;
}

/** The first of the largest. */
function largest(values: readonly number[]): number {
  return values.reduce((best, value, place) => (value > (values[best] ?? 0) ? place : best), 0);
}

/** Finds what stands out of `viewersOf` and `playsOf`, a number for each bar of `barMs`. */
export function peaksOf(heat: { barMs: number; viewersOf: readonly number[]; playsOf: readonly number[] }): Peaks {
  const { barMs, viewersOf, playsOf } = heat;
  const more = playsOf.map((plays, bar) => plays - (viewersOf[bar] ?? 0));
  const fewer = viewersOf.map((viewers, bar) => viewers - (viewersOf[bar + 1] ?? viewers));
  const [again, left] = [largest(more), largest(fewer)];
  return {
    again: (more[again] ?? 0) > 0 ? { atMs: again * barMs, times: more[again] as number } : null,
    left: (fewer[left] ?? 0) > 0 ? { atMs: (left + 1) * barMs, viewers: fewer[left] as number } : null,
  };
}

/** A time in a video as `3:20`, or `1:03:20`. */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${seconds % 60}`.padStart(2, '0');
  return hours > 0 ? `${hours}:${`${minutes}`.padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
