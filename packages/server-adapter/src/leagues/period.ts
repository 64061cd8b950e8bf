import { periodStart } from '../ledger/sequence.ts';

/** SQL for what the standings of the period that holds an instant (itself SQL) are kept under; `contest` names its contest. */
export const periodOf = (at: string) => periodStart('contest.period', at, 'contest.time_zone');

/** SQL for the first instant after a period, by what its standings are kept under. A league ends with its contest. */
export const endOfPeriod = (start: string) => `least(contest.ends_at,
  (date_trunc(contest.period, ${start} at time zone contest.time_zone) + ('1 ' || contest.period)::interval)
    at time zone contest.time_zone)`;
