import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';
import type { Outcome } from './outcomes.ts';
import { endOfPeriod, periodOf } from './period.ts';

/** Somebody in a cohort, with their place in it. */
export interface CohortRow {
  participantId: string;
  score: number;
  seq: number;
  rank: number;
  denseRank: number;
  ordinal: number;
  tiedWith: number;
}

/** A participant's period: when it is, and their cohort in it, if any. */
export interface CohortFacts {
  seq: string;
  starts_at: Date;
  ends_at: Date;
  /** Whether they have points in it. */
  scored: boolean;
  /** `null` without a cohort. */
  level: number | null;
  cohort: number | null;
  outcome: Outcome | null;
  /** Best first. */
  rows: CohortRow[];
}

/**
 * Parameters: contest, participant, instant or null. The period that holds the instant; before the contest its first one,
 * after it its last one. One snapshot.
 */
const statement = (schema: string) => `
with contest as (select * from ${schema}.contest where id = $1),
period as (
  select ${periodOf('moment.at')} as start, ${endOfPeriod(periodOf('moment.at'))} as ends_at, moment.at
  from contest cross join lateral (
    select greatest(contest.starts_at,
      least(coalesce($3::timestamptz, now()), contest.ends_at - interval '1 microsecond')) as at
  ) moment
),
own as (
  select level, cohort, outcome from ${schema}.league_member
  where contest_id = $1 and participant_id = $2 and period_start = (select start from period)
),
ranked as (
  select member.participant_id as "participantId", coalesce(standing.score, 0) as score, coalesce(standing.seq, 0) as seq,
    rank() over by_score as rank, dense_rank() over by_score as "denseRank",
    row_number() over (order by coalesce(standing.score, 0) desc, standing.seq) as ordinal,
    count(*) over (partition by coalesce(standing.score, 0)) - 1 as "tiedWith"
  from own
  join ${schema}.league_member member on member.contest_id = $1 and member.period_start = (select start from period)
    and member.level = own.level and member.cohort = own.cohort
  left join ${schema}.standing on standing.contest_id = $1 and standing.period_start = member.period_start
    and standing.participant_id = member.participant_id
  window by_score as (order by coalesce(standing.score, 0) desc)
)
select contest.seq::text,
  -- Where clocks go back over midnight, the day's name begins twice: it has begun by now.
  greatest(contest.starts_at, least(period.at, period.start)) as starts_at, period.ends_at,
  exists (
    select from ${schema}.standing
    where contest_id = $1 and period_start = period.start and participant_id = $2 and score > 0) as scored,
  own.level, own.cohort, own.outcome,
  coalesce((select jsonb_agg(ranked order by ordinal) from ranked), '[]') as rows
from contest cross join period left join own on true`;

/**
 * Reads a participant's cohort in the period that holds an instant, `null` being now by the database's clock.
 * @throws LaurelProblem contest_not_found
 */
export async function readCohort(
  { query, schema }: Database,
  contestId: string,
  participantId: string,
  at: Date | null,
): Promise<CohortFacts> {
  const [facts] = await query<CohortFacts>(statement(schema), [contestId, participantId, at], 'laurel_cohort');
  if (!facts) throw new LaurelProblem('contest_not_found', 'The contest is gone.');
  return facts;
}
