import type { CommittedPrize } from './commitment.ts';

/** A place that can be won. */
export interface Place {
  /** From 1. */
  place: number;
  prize: CommittedPrize;
}

/** Most places of one contest. */
const mostPlaces = 100_000;

/** All places of a list of prizes: the winners of the first prize come first. @throws RangeError for too many */
export function placesOf(prizes: readonly CommittedPrize[]): Place[] {
  if (prizes.reduce((sum, { winners }) => sum + winners, 0) > mostPlaces)
    throw new RangeError('There are too many places.');
  return prizes
    .flatMap((prize) => Array.from({ length: prize.winners }, () => prize))
    .map((prize, index) => ({ place: index + 1, prize }));
}

/** Places in the order in which they are given: as they are, but the highest milestone first. */
export const givingOrder = (prizes: readonly CommittedPrize[]): Place[] =>
  placesOf(prizes).sort((one, other) => (other.prize.atPoints ?? 0) - (one.prize.atPoints ?? 0));
