import { periodStart } from '../ledger/sequence.ts';

/** SQL for the instant a contest's window is seen at: after the end the last period stays on show. */
export const momentOf = (instant: string) => `least(${instant}, contest.ends_at - interval '1 microsecond')`;

/** SQL for the beginning of the period that holds `moment.at`, in the zone of `contest`. */
export const startOfPeriod = periodStart('contest.period', 'moment.at', 'contest.time_zone');

const isWhole = (window: string) => `${window} = 'all' or contest.period = 'contest'`;

/** SQL for the first instant of the window `all` or `period` (itself SQL), within the contest. */
export const startOfWindow = (window: string) => `case when ${isWhole(window)} then contest.starts_at
  -- Where clocks go back over midnight, the day's name begins twice: it has begun by now.
  else greatest(contest.starts_at, least(moment.at, ${startOfPeriod})) end`;

/** SQL for the first instant after the window. */
export const endOfWindow = (window: string) => `case when ${isWhole(window)} then contest.ends_at
  else least(contest.ends_at,
    (date_trunc(contest.period, moment.at at time zone contest.time_zone) + ('1 ' || contest.period)::interval)
      at time zone contest.time_zone) end`;

/** SQL for what a window's standings are kept under. */
export const standingsOf = (window: string) =>
  `case when ${isWhole(window)} then '-infinity' else ${startOfPeriod} end`;
