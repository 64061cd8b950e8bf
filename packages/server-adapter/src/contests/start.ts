import type { Clock } from '../clock.ts';
import { type Database, databaseOn } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import type { KeeperStep } from '../keeper.ts';

const batchSize = 100;

/**
 * Parameters: instant or null, contest or null for all, channel. Contests whose start has come get the step that says so,
 * once by its unique index, and the event. Whoever changes a contest holds its row, in a transaction that may be a long one.
 */
const statement = (schema: string) => `with
due as (
  select id, program_id, starts_at from ${schema}.contest
  where state in ('scheduled', 'paused') and starts_at <= coalesce($1::timestamptz, (select clock_timestamp()))
    and ($2::uuid is null or id = $2)
    and not exists (select from ${schema}.contest_step
      where contest_id = contest.id and from_state = 'scheduled' and to_state = 'live')
  order by id limit ${batchSize} for no key update
),
started as (
  insert into ${schema}.contest_step (contest_id, from_state, to_state, actor, created_at)
  select id, 'scheduled', 'live', 'system',
    -- One that was made, or was a draft, after its start has started then.
    greatest(starts_at, (select max(created_at) from ${schema}.contest_step where contest_id = due.id))
  from due
  on conflict do nothing
  returning contest_id
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'contest.started', jsonb_build_object('contest', due.id, 'program', due.program_id)
  from due join started on started.contest_id = due.id
),
notified as (select pg_notify($3, '{"outbox":true}') where exists (select from started))
select (select count(*) from due)::int as due, (select count(*) from notified) as notified`;

/**
 * Writes the start of contests that is due, in the caller’s transaction or each on its own; answers how many it looked at.
 * @param contestId - of this contest alone; `null` for all
 */
export async function writeStarts(
  { query, schema }: Database,
  contestId: string | null,
  now: Date | null,
  channel: string,
): Promise<number> {
  const [row] = await query<{ due: number }>(statement(schema), [now, contestId, channel]);
  return row?.due ?? 0;
}

/**
 * The keeper’s first step: a scheduled contest whose start has come has started, once, and `contest.started` is told. A
 * contest that ended while nobody kept it gets its start all the same.
 */
export function startContests(storage: Storage, schemaName: string, channel: string, clock: Clock): KeeperStep {
  const database = databaseOn(storage, schemaName);
  return async () => {
    while ((await writeStarts(database, null, clock(), channel)) === batchSize);
  };
}
