import type { Queryable } from '../db/storage.ts';
import type { League } from './outcomes.ts';
import { endOfPeriod } from './period.ts';

/** A period of a league that somebody has points in and that is not settled. */
export interface OpenPeriod {
  contest_id: string;
  period_start: Date;
  league: League | null;
  /** Whether it is over and nothing of it is still to come. */
  due: boolean;
  /** Whether there are points since those without a cohort were last looked for. */
  moved: boolean;
}

/** What of a period may still be on its way when it ends, and how long one that does not arrive holds it up. */
const grace = { least: `interval '2 seconds'`, most: `interval '60 seconds'` };

/**
 * Parameters: the instant or null, a contest or null for all. Periods are found in the standings from one to the next, which
 * takes a step in the index each, after the last one settled.
 */
const statement = (schema: string) => `
select contest.id as contest_id, period.start as period_start, contest.settings -> 'league' as league,
  period.ends_at + ${grace.least} <= moment.at and (period.ends_at + ${grace.most} <= moment.at or not exists (
    select from ${schema}.ledger_intake where contest_id = contest.id and occurred_at < period.ends_at)) as due,
  found.seq is distinct from contest.seq as moved
from (select coalesce($1::timestamptz, now()) as at) moment
join ${schema}.contest on contest.settings ->> 'kind' = 'league' and contest.period <> 'contest'
  and contest.state <> 'draft' and contest.starts_at <= moment.at and contest.id = coalesce($2::uuid, contest.id)
cross join lateral (
  with recursive each (start) as (
    select (
      select min(period_start) from ${schema}.standing
      where contest_id = contest.id and period_start > coalesce((
        select max(league_period.period_start) from ${schema}.league_period
        where league_period.contest_id = contest.id and settled_at is not null), '-infinity'))
    union all
    select (
      select min(period_start) from ${schema}.standing where contest_id = contest.id and period_start > each.start)
    from each where each.start is not null
  )
  select start, ${endOfPeriod('start')} as ends_at from each where start is not null
) period
left join ${schema}.league_period found on found.contest_id = contest.id and found.period_start = period.start
order by contest.id, period.start`;

/** Reads the open periods of a league, or of all, each league's oldest first. */
export const openPeriods = (
  { query }: Queryable,
  schema: string,
  now: Date | null,
  contestId: string | null,
): Promise<OpenPeriod[]> => query<OpenPeriod>(statement(schema), [now, contestId], 'laurel_league_periods');
