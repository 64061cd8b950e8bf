const minute = 60;
const hour = 60 * minute;

/** Seconds to wait after each failed try, the first being sent at once (Standard Webhooks): 75 h 35 min 5 s in all. */
const pauses = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];

/** How often a delivery is tried. */
export const mostAttempts = pauses.length + 1;

/** A tenth at most is added, so that what failed together does not come back together. */
const jitter = 0.1;

/**
 * Seconds from the failure of a try to the next one; `null` when that was the last.
 * @param attempt - the number of the try that failed, from 1
 * @param random - from 0 up to 1
 */
export function pauseAfter(attempt: number, random: number): number | null {
  const pause = pauses[attempt - 1];
  return pause === undefined ? null : pause * (1 + jitter * random);
}
