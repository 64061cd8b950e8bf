import type { Clock } from '../clock.ts';
import { databaseOn } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import type { KeeperStep } from '../keeper.ts';

/** SQL: who may be given a place: not the disqualified. */
const mayStand = (schema: string) => `entrant.awaits_place and not exists (
  select from ${schema}.contest_disqualification disqualified
  where disqualified.contest_id = entrant.contest_id and disqualified.participant_id = entrant.participant_id)`;

/** SQL: a waitlist that runs at `moment.at`. */
const runs = `contest.settings ->> 'kind' = 'waitlist' and contest.state = 'scheduled'
  and contest.starts_at <= moment.at and moment.at < contest.ends_at`;

/** Parameter: instant or null. */
const waitingLines = (schema: string) => `
select contest.id from ${schema}.contest cross join lateral (select coalesce($1::timestamptz, now()) as at) moment
where ${runs} and exists (select from ${schema}.contest_entrant entrant where entrant.contest_id = contest.id and ${mayStand(schema)})`;

/** Parameters: contest, instant or null, channel. Rows are numbered in the order in which people joined. */
const giveLine = (schema: string) => `
with line as (
  select contest.id, moment.at from ${schema}.contest cross join lateral (select coalesce($2::timestamptz, now()) as at) moment
  where contest.id = $1 and ${runs}
),
waiting as (
  select entrant.participant_id from ${schema}.contest_entrant entrant
  where entrant.contest_id = (select id from line) and ${mayStand(schema)}
  order by entrant.participant_id for no key update
),
placed as (
  update ${schema}.contest_entrant entrant set awaits_place = false from waiting
  where entrant.contest_id = $1 and entrant.participant_id = waiting.participant_id
  returning entrant.participant_id, entrant.joined_at
),
given as (
  insert into ${schema}.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
  select line.id, placed.participant_id, 1, 'joined:' || placed.participant_id, line.at
  from line cross join placed
  where not exists (select from ${schema}.ledger where contest_id = $1 and cause = 'joined:' || placed.participant_id)
  order by placed.joined_at, placed.participant_id
  on conflict do nothing
  returning id
)
select pg_notify($3, '{"intake":true}') from given having count(*) > 0`;

/** Gives those who joined a waitlist while it did not run their place in line, in the order in which they joined. */
export interface Line {
  /** Of every waitlist that has begun, or goes on after a pause. */
  keep: KeeperStep;
  /** Of this one: before somebody who joins now, and for whom asks. */
  give(contestId: string): Promise<void>;
}

/** Makes the line of all waitlists of a schema. */
export function createLine(storage: Storage, schemaName: string, channel: string, clock: Clock): Line {
  const { query, schema } = databaseOn(storage, schemaName);
  const give = async (contestId: string) => {
    await query(giveLine(schema), [contestId, clock(), channel]);
  };
  return {
    keep: async () => {
      for (const { id } of await query<{ id: string }>(waitingLines(schema), [clock()])) await give(id);
    },
    give,
  };
}
