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

/** Gives those who joined a waitlist while it did not run their place in line, in the order in which they joined. */
export interface Line {
  /** Of every waitlist that has begun, or goes on after a pause: each is looked at once by a process. */
  keep: KeeperStep;
  /** Of this one, if this process has not done so yet: before somebody who joins now. */
  ensure(contestId: string): Promise<void>;
  /** Of this one, whatever was done before; calls that meet are one. */
  give(contestId: string): Promise<void>;
}

/** Makes the line of all waitlists of a schema. */
export function createLine(storage: Storage, schemaName: string, channel: string, clock: Clock): Line {
  const { query, schema } = databaseOn(storage, schemaName);
  const underWay = new Map<string, Promise<void>>();
  let given = new Set<string>();

  const give = (id: string) => {
    const meeting = underWay.get(id);
    if (meeting) return meeting;
    const run = query(giveLine(schema), [id, clock(), channel])
      .then(() => void given.add(id))
      .finally(() => underWay.delete(id));
    underWay.set(id, run);
    return run;
  };
  const ensure = async (id: string) => {
    if (!given.has(id)) await give(id);
  };

  return {
    keep: async () => {
      const running = await query<{ id: string }>(runningLines(schema), [clock()]);
      given = new Set(running.flatMap(({ id }) => (given.has(id) ? [id] : [])));
      for (const { id } of running) await ensure(id);
    },
    ensure,
    give,
  };
}
