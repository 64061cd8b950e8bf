import type { Clock } from '../clock.ts';
import { databaseOn } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import type { KeeperStep } from '../keeper.ts';

/** Parameter: instant or null. */
const runningLines = (schema: string) => `
select id from ${schema}.contest cross join lateral (select coalesce($1::timestamptz, now()) as at) moment
where settings ->> 'kind' = 'waitlist' and state = 'scheduled' and starts_at <= moment.at and moment.at < ends_at`;

/** Parameters: contest, instant or null, channel. Rows are numbered in the order in which people joined. */
const giveLine = (schema: string) => `
with given as (
  insert into ${schema}.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
  select contest.id, entrant.participant_id, 1, 'joined:' || entrant.participant_id, moment.at
  from ${schema}.contest cross join lateral (select coalesce($2::timestamptz, now()) as at) moment
  join ${schema}.contest_entrant entrant on entrant.contest_id = contest.id
  where contest.id = $1 and contest.state = 'scheduled' and contest.starts_at <= moment.at and moment.at < contest.ends_at
    and not exists (select from ${schema}.ledger
      where contest_id = $1 and cause = 'joined:' || entrant.participant_id)
    and not exists (select from ${schema}.contest_disqualification
      where contest_id = $1 and participant_id = entrant.participant_id)
  order by entrant.joined_at, entrant.participant_id
  on conflict do nothing
  returning id
)
select pg_notify($3, '{"intake":true}') from given having count(*) > 0`;

/**
 * Makes the keeper’s step that gives everybody who joined a waitlist before it ran their place in line, in the order in which
 * they joined. Each line is looked at once by a process, and again after a pause.
 */
export function createLineKeeper(storage: Storage, schemaName: string, channel: string, clock: Clock): KeeperStep {
  const { query, schema } = databaseOn(storage, schemaName);
  let given = new Set<string>();
  return async () => {
    const running = await query<{ id: string }>(runningLines(schema), [clock()]);
    given = given.intersection(new Set(running.map(({ id }) => id)));
    for (const { id } of running.filter((each) => !given.has(each.id))) {
      await query(giveLine(schema), [id, clock(), channel]);
      given.add(id);
    }
  };
}
