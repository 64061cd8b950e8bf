import { periodStart } from '../ledger/sequence.ts';

/** SQL for the instant a contest's window is seen at: after the end the last period stays on show. */
export const momentOf = (instant: string) => `least(${instant}, contest.ends_at - interval '1 microsecond')`;

/** SQL for what standings of the period that holds `moment.at` are kept under, in the zone of `contest`. */
export const startOfPeriod = periodStart('contest.period', 'moment.at', 'contest.time_zone');

/**
 * SQL for the first instant that belongs to a day, week or month of a zone: `label`, its local beginning. Where clocks go back
 * over midnight that time comes twice, and PostgreSQL takes the second; the first is found by the offset of some hours before.
 */
export const firstInstant = (unit: string, label: string, zone: string) => `(
  select case when date_trunc(${unit}, earlier at time zone ${zone}) = ${label} then least(earlier, usual) else usual end
  from (select ${label} at time zone ${zone} as usual) known
  cross join lateral (select usual - interval '3 hours' as before) some_hours
  cross join lateral (
    select (${label} - (before at time zone ${zone} - before at time zone 'UTC')) at time zone 'UTC' as earlier
  ) other)`;

/** SQL for the first instant of the day, week or month `later` units after the one that holds an instant. */
export const boundOf = (unit: string, at: string, zone: string, later: -1 | 0 | 1) =>
  firstInstant(
    unit,
    `(date_trunc(${unit}, ${at} at time zone ${zone})${later === 0 ? '' : ` + ('${later} ' || ${unit})::interval`})`,
    zone,
  );

const isWhole = (window: string) => `${window} = 'all' or contest.period = 'contest'`;

/** SQL for the first instant of the window `all` or `period` (itself SQL), within the contest. */
export const startOfWindow = (window: string) => `case when ${isWhole(window)} then contest.starts_at
  else greatest(contest.starts_at, ${boundOf('contest.period', 'moment.at', 'contest.time_zone', 0)}) end`;

/** SQL for the first instant after the window. */
export const endOfWindow = (window: string) => `case when ${isWhole(window)} then contest.ends_at
  else least(contest.ends_at, ${boundOf('contest.period', 'moment.at', 'contest.time_zone', 1)}) end`;

/** SQL for what a window's standings are kept under. */
export const standingsOf = (window: string) =>
  `case when ${isWhole(window)} then '-infinity' else ${startOfPeriod} end`;
