import { entrySources, type OwnEntries } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';

type Sources = z.output<typeof OwnEntries>['sources'];

/** SQL, as the index of a participant's points has it: whatever is not the points of a conversion, which are found by it. */
const besideConversions = "(cause not like 'conversion:%' or length(cause) > 47)";

/**
 * Parameters: contest, participant, programme, the words that are sources. A cause begins with what it is, and mostly with
 * what thing it is about; what takes points back, or gives them again, adds words to the cause it is about.
 */
const statement = (schema: string) => `
with given as (
  select cause, points from ${schema}.ledger
  where contest_id = $1 and participant_id = $2 and ${besideConversions}
  union all
  select ledger.cause, ledger.points from ${schema}.conversion
  join ${schema}.ledger on ledger.contest_id = $1 and ledger.cause = 'conversion:' || conversion.id
  where conversion.program_id = $3 and conversion.referrer_id = $2
),
mine as (
  select cause, points, split_part(cause, ':', 1) as source, split_part(cause, ':', 2) as thing,
    nullif(split_part(cause, ':', 3), '') as node from given
),
things as (
  select source, thing, case when source = 'course' then node end as node, sum(points) as points from mine
  group by source, thing, case when source = 'course' then node end, case when source in ('conversion', 'referral', 'reward') then '' else cause end
),
named as (
  select case when things.source = any ($4::text[]) then things.source else 'other' end as source, things.points,
    case things.source when 'action' then things.thing when 'conversion' then conversion.event
      when 'course' then things.node end as name
  from things left join ${schema}.conversion on things.source = 'conversion' and conversion.program_id = $3
    and conversion.id = (case when things.source = 'conversion' then things.thing end)::uuid
)
select source, name, count(*)::int as times, sum(points)::text as points
from named where points <> 0 group by source, name order by sum(points) desc, source, name`;

/** Where a participant’s points came from; what was taken back is taken from where it came from. */
export async function sourcesOf(
  { query, schema }: Database,
  contest: Pick<ContestRow, 'id' | 'program_id'>,
  participantId: string,
): Promise<Sources> {
  const rows = await query<{ source: Sources[number]['source']; name: string | null; times: number; points: string }>(
    statement(schema),
    [contest.id, participantId, contest.program_id, entrySources.filter((source) => source !== 'other')],
    'laurel_entry_sources',
  );
  return rows.map((row) => ({ ...row, points: Number(row.points) }));
}
