import type { Database } from '../db/database.ts';
import { periodStart } from './sequence.ts';

/** One difference between the ledger and what was derived from it. */
export interface Difference {
  contest: string;
  /** Which derived value: a standing, or the contest's sequence number. */
  kind: 'standing' | 'seq';
  participant: string | null;
  periodStart: string | null;
  /** `score@seq` (or the sequence number) as kept, `null` when missing. */
  kept: string | null;
  /** The same as the ledger says. */
  counted: string | null;
}

/** SQL: every standing as the ledger alone says it is. */
const folded = (schema: string) => `
  select ledger.contest_id, each.period_start, ledger.participant_id, sum(ledger.points) as score, max(ledger.seq) as seq
  from ${schema}.ledger
  join ${schema}.contest on contest.id = ledger.contest_id
  cross join lateral (
    select '-infinity'::timestamptz as period_start
    union all
    select ${periodStart('contest.period', 'ledger.occurred_at', 'contest.time_zone')} where contest.period <> 'contest'
  ) each
  group by 1, 2, 3`;

const differences = (schema: string) => `
with folded as (${folded(schema)})
select contest_id as contest, 'standing' as kind, participant_id as participant, period_start::text as "periodStart",
  kept.score || '@' || kept.seq as kept, folded.score || '@' || folded.seq as counted
from folded full join ${schema}.standing kept using (contest_id, period_start, participant_id)
where (kept.score, kept.seq) is distinct from (folded.score, folded.seq)
union all
select contest.id, 'seq', null, null, contest.seq::text, counted.rows::text
from ${schema}.contest
cross join lateral (
  select count(*) as rows, coalesce(max(seq), 0) as last from ${schema}.ledger where contest_id = contest.id
) counted
where contest.seq <> counted.rows or counted.rows <> counted.last`;

/** Compares every standing and sequence number with the ledger; an empty list means they agree bit for bit. */
export function findDifferences(database: Database): Promise<Difference[]> {
  return database.query<Difference>(differences(database.schema));
}

/**
 * Rebuilds all standings from the ledger. Run it inside a transaction; it locks the contests meanwhile, and marks those
 * named as changed: a node that misses the hint sees by that that its boards are of before.
 */
export async function rebuildStandings(database: Database, changed: readonly string[]): Promise<void> {
  const { schema } = database;
  await database.query(`select id from ${schema}.contest order by id for update`);
  await database.query(`delete from ${schema}.standing`);
  await database.query(`
insert into ${schema}.standing (contest_id, period_start, participant_id, score, seq)${folded(schema)}`);
  await database.query(`update ${schema}.contest set updated_at = clock_timestamp() where id = any($1::uuid[])`, [
    changed,
  ]);
}
