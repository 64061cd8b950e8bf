import type { Database } from '../db/database.ts';

/** Points to give in a contest. The same cause gives once in a contest. */
export interface PointsToGive {
  contestId: string;
  participantId: string;
  points: number;
  /** Such as `action:quiz:<participant>`. */
  cause: string;
}

const statement = (schema: string) => `
with given as (
  insert into ${schema}.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
  select contest.id, each.participant_id, each.points, each.cause, moment.at
  from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[]) each(contest_id, participant_id, points, cause)
  cross join (select coalesce($5::timestamptz, now()) as at) moment
  join ${schema}.contest on contest.id = each.contest_id and contest.state = 'scheduled'
    and contest.starts_at <= moment.at and moment.at < contest.ends_at
  where not exists (select from ${schema}.ledger where contest_id = contest.id and ledger.cause = each.cause)
  on conflict do nothing
  returning id
),
notified as (select pg_notify($6, '{"intake":true}') from given having count(*) > 0)
select (select count(*) from given)::int as given, (select count(*) from notified) as notified`;

/**
 * Gives points in the caller's transaction; the sequencer numbers them after the commit.
 * @param now - the instant of the call, `null` for the database's clock
 * @returns how many were given: not those whose contest does not run, nor those whose cause has given before
 */
export async function givePoints(
  { query, schema }: Database,
  points: readonly PointsToGive[],
  now: Date | null,
  channel: string,
): Promise<number> {
  const [row] = await query<{ given: number }>(statement(schema), [
    points.map(({ contestId }) => contestId),
    points.map(({ participantId }) => participantId),
    points.map((each) => each.points),
    points.map(({ cause }) => cause),
    now,
    channel,
  ]);
  return row?.given ?? 0;
}
