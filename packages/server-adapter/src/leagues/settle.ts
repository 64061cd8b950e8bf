import type { Database } from '../db/database.ts';
import { assignCohorts, type Period } from './assign.ts';
import { type Outcome, outcomesOf } from './outcomes.ts';

const members = (schema: string) => `
select member.participant_id, member.level, member.cohort, coalesce(standing.score, 0)::text as score
from ${schema}.league_member member
left join ${schema}.standing on standing.contest_id = $1 and standing.period_start = $2
  and standing.participant_id = member.participant_id
where member.contest_id = $1 and member.period_start = $2
order by member.level, member.cohort, coalesce(standing.score, 0) desc, standing.seq`;

const writeOutcomes = (schema: string) => `
update ${schema}.league_member member set outcome = each.outcome
from unnest($3::uuid[], $4::text[]) each(participant_id, outcome)
where member.contest_id = $1 and member.period_start = $2 and member.participant_id = each.participant_id
  and member.outcome is null`;

const close = (schema: string) => `
update ${schema}.league_period set settled_at = coalesce($3::timestamptz, now())
where contest_id = $1 and period_start = $2 and settled_at is null`;

interface Row {
  participant_id: string;
  level: number;
  cohort: number;
  score: string;
}

/**
 * Settles a period that is over: seats whoever is left, and writes where everybody goes. Call it in a transaction; the
 * periods before it must be settled. Once settled, a period stays as it is.
 */
export async function settlePeriod(database: Database, period: Period): Promise<void> {
  if (!(await assignCohorts(database, period))) return;
  const { query, schema } = database;
  const key = [period.contestId, period.start];
  const rows = await query<Row>(members(schema), key);
  const cohorts = Map.groupBy(rows, ({ level, cohort }) => `${level}/${cohort}`);
  const outcomes = new Map<string, Outcome>();
  for (const cohort of cohorts.values()) {
    const scores = cohort.map(({ score }) => Number(score));
    const level = cohort[0]?.level ?? 1;
    for (const [index, outcome] of outcomesOf(scores, level, period.league).entries()) {
      outcomes.set(cohort[index]?.participant_id ?? '', outcome);
    }
  }
  await query(writeOutcomes(schema), [...key, [...outcomes.keys()], [...outcomes.values()]]);
  await query(close(schema), [...key, period.now]);
}
