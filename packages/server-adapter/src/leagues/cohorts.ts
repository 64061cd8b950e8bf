/** Somebody who has points in a period and no cohort yet. */
export interface Newcomer {
  participantId: string;
  /** Of their division, from 1, the lowest. */
  level: number;
}

/** A seat of a cohort, both counted from 1. */
export interface Seat {
  cohort: number;
  seat: number;
}

/**
 * Seats newcomers in cohorts of `size` of their division, in their order: first in the last cohort while it has seats, then
 * in new ones.
 * @param last - the last seat taken in each division, by level
 */
export function seatNewcomers(
  newcomers: readonly Newcomer[],
  last: ReadonlyMap<number, Seat>,
  size: number,
): (Newcomer & Seat)[] {
  const taken = new Map(last);
  return newcomers.map((newcomer) => {
    const { cohort, seat } = taken.get(newcomer.level) ?? { cohort: 1, seat: 0 };
    const next = seat < size ? { cohort, seat: seat + 1 } : { cohort: cohort + 1, seat: 1 };
    taken.set(newcomer.level, next);
    return { ...newcomer, ...next };
  });
}
