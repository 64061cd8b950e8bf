import type { Database } from '../db/database.ts';
import { periodStart } from '../ledger/sequence.ts';

/**
 * Parameters: contest, participant, instant or null. What they have and what waits to be numbered comes to nothing on the board of
 * the whole contest, and on each of its periods. Hold the contest’s row meanwhile: what the sequencer is at is waited for by then, or
 * still waits. The cause of the first is `disqualified:<participant>`, later ones and those of periods go on with numbers.
 */
const statement = (schema: string) => `with
held as (select * from ${schema}.contest where id = $1),
waiting as (
  select case when held.period = 'contest' then '-infinity'
    else ${periodStart('held.period', 'intake.occurred_at', 'held.time_zone')} end as period_start, intake.points
  from ${schema}.ledger_intake intake join held on held.id = intake.contest_id
  where intake.participant_id = $2
    and not exists (select from ${schema}.ledger where ledger.contest_id = held.id and ledger.cause = intake.cause)
),
owed as (
  select period_start, sum(score) as score from (
    select period_start, score from ${schema}.standing join held on held.id = standing.contest_id
    where participant_id = $2 and (held.period = 'contest') = (period_start = '-infinity')
    union all
    select period_start, points from waiting
  ) each group by period_start having sum(score) <> 0
)
insert into ${schema}.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
select held.id, $2, -owed.score,
  'disqualified:' || $2 || case when held.period = 'contest' and not exists (
      select from ${schema}.ledger where ledger.contest_id = held.id and ledger.cause = 'disqualified:' || $2)
    then '' else ':' || held.seq || ':' || row_number() over (order by owed.period_start) end,
  case when held.period = 'contest' then least(greatest(coalesce($3::timestamptz, now()), held.starts_at), held.ends_at - interval '1 millisecond')
    else greatest(owed.period_start, held.starts_at) end
from owed cross join held
on conflict do nothing
returning id`;

/** Takes somebody off a contest’s boards: compensating rows, never a change. Answers whether there was anything to take back. */
export async function takePointsBack(
  { query, schema }: Database,
  contestId: string,
  participantId: string,
  now: Date | null,
): Promise<boolean> {
  return (await query(statement(schema), [contestId, participantId, now])).length > 0;
}
