import { covered, type Interval } from '@laurelkit/sdk/progress';

/** How much of a stretch was played, of 100: rounded down, so that 100 is all of it. */
export const shareOf = (played: readonly Interval[], [from, to]: Interval): number =>
  to > from ? Math.floor((100 * covered(played, [from, to])) / (to - from)) : 0;
