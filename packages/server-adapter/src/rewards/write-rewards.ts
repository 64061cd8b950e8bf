import type { EventName, EventPayload } from '@laurelkit/sdk/contract';
import type { Database } from '../db/database.ts';
import type { Finished, RewardRow } from './finish.ts';

/** Where rewards are written, and who is told of it. */
export interface RewardWriter {
  readonly database: Database;
  readonly now: Date;
  /** Contests that take points or keep them as late, by id. */
  readonly contests: ReadonlyMap<string, unknown>;
  /** Who changed them: `system`, or who decided. */
  readonly actor: string;
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
  tell(message: { intake: true }): void;
}

const columns = `id, program_id, rule_id, rule_version, participant_id, side, referral_id, cause, kind, full_minor, minor, currency,
  points, contest_id, item, state, supplied, budget_minor, points_entered, points_entries, held_until, earned_at`;

/**
 * Parameters: JSON of rewards, instant. What was paid for a reward by the ledger so far is looked up, and the difference
 * to what it is worth now is written: compensating rows, never a change.
 */
const statement = (schema: string) => `with
each as (
  select ${columns}, from_state, actor, reason from jsonb_to_recordset($1::jsonb) as each(id uuid, program_id uuid,
    rule_id uuid, rule_version integer, participant_id uuid, side text, referral_id uuid, cause text, kind text,
    full_minor bigint, minor bigint, currency text, points bigint, contest_id uuid, item text, state text, supplied boolean,
    budget_minor bigint, points_entered bigint, points_entries integer, held_until timestamptz, earned_at timestamptz,
    from_state text, actor text, reason text)
),
written as (
  insert into ${schema}.reward as reward (${columns}, created_at, updated_at)
  select ${columns}, $2::timestamptz, $2::timestamptz from each
  on conflict (rule_id, participant_id, cause) do update set
    rule_version = excluded.rule_version, kind = excluded.kind, full_minor = excluded.full_minor, minor = excluded.minor,
    currency = excluded.currency, points = excluded.points, contest_id = excluded.contest_id, item = excluded.item,
    state = excluded.state, supplied = excluded.supplied, budget_minor = excluded.budget_minor,
    points_entered = excluded.points_entered, points_entries = excluded.points_entries,
    held_until = excluded.held_until, earned_at = excluded.earned_at, updated_at = excluded.updated_at
  returning id
),
transitions as (
  insert into ${schema}.reward_transition (reward_id, from_state, to_state, actor, reason, created_at)
  select id, from_state, state, actor, reason, $2 from each where from_state is distinct from state
),
entered as (
  select entry.reward_id, entry.currency, sum(entry.minor) as minor
  from ${schema}.reward_entry entry where entry.reward_id in (select id from each) group by 1, 2
),
numbered as (
  select reward_id, max(number) as number from ${schema}.reward_entry where reward_id in (select id from each) group by 1
),
due as (
  select each.id as reward_id, each.currency, sum(each.minor) as minor from (
    select id, currency, minor from each where state = 'approved' and currency is not null
    union all
    select reward_id, currency, -minor from entered
  ) each group by 1, 2 having sum(each.minor) <> 0
)
insert into ${schema}.reward_entry (program_id, participant_id, reward_id, number, minor, currency, reason, created_at)
select each.program_id, each.participant_id, due.reward_id,
  coalesce(numbered.number, 0) + row_number() over (partition by due.reward_id order by due.currency), due.minor, due.currency,
  each.reason, $2
from due join each on each.id = due.reward_id left join numbered on numbered.reward_id = due.reward_id`;

/** Parameters: arrays of contest, participant, points, cause, instant. */
const pointsStatement = (schema: string) => `
insert into ${schema}.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::timestamptz[])`;

/** Stores rewards, why they changed, what they are worth in the ledgers, and says so. */
export async function writeRewards(writer: RewardWriter, finished: readonly Finished[]): Promise<void> {
  if (finished.length === 0) return;
  const { query, schema } = writer.database;
  const points = finished.flatMap(({ row }) => enterPoints(row, writer));
  const rows = finished.map(({ row, from, reason }) => ({ ...row, from_state: from, actor: writer.actor, reason }));
  await query(statement(schema), [JSON.stringify(rows), writer.now]);
  if (points.length > 0) {
    await query(pointsStatement(schema), [
      points.map(({ row }) => row.contest_id),
      points.map(({ row }) => row.participant_id),
      points.map((each) => each.points),
      points.map(({ cause }) => cause),
      points.map(({ row }) => row.earned_at),
    ]);
    writer.tell({ intake: true });
  }
  for (const { row, from } of finished) announce(writer, row, from);
}

/** Notes on the row how its points come into the ledger, and answers the ledger's row; nothing when they are there. */
function enterPoints(row: RewardRow, { contests }: RewardWriter) {
  const wanted = row.state === 'approved' ? (row.points ?? 0) : 0;
  const points = wanted - row.points_entered;
  if (points === 0 || row.contest_id === null || !contests.has(row.contest_id)) return [];
  const cause = row.points_entries === 0 ? `reward:${row.id}` : `reward:${row.id}:${row.points_entries}`;
  row.points_entered = wanted;
  row.points_entries += 1;
  return [{ row, points, cause }];
}

function announce({ emit }: RewardWriter, row: RewardRow, from: Finished['from']): void {
  if (row.state === from) return;
  const payload = {
    reward: row.id,
    program: row.program_id,
    participant: row.participant_id,
    rule: row.rule_id,
    cause: row.cause,
  };
  if (from === null && row.state !== 'capped') emit('reward.earned', payload);
  if (row.state === 'approved' || row.state === 'rejected' || row.state === 'reversed' || row.state === 'fulfilled') {
    emit(`reward.${row.state}`, payload);
  }
}
