import type { Database } from '../db/database.ts';
import { type Seat, seatNewcomers } from './cohorts.ts';
import { type League, levelAfter, type Outcome } from './outcomes.ts';

/** Rows at a time. */
const most = 50_000;

const makePeriod = (schema: string) => `
insert into ${schema}.league_period (contest_id, period_start) values ($1, $2) on conflict do nothing`;

const holdPeriod = (schema: string) => `
select seq::text from ${schema}.league_period
where contest_id = $1 and period_start = $2 and settled_at is null for update`;

const reached = (schema: string) => `select seq::text from ${schema}.contest where id = $1`;

/** Everybody with points in the period, or those of them whom the ledger names after `$4`. */
const whole = (schema: string) => `${schema}.standing`;
const since = (
  schema: string,
) => `(select distinct participant_id from ${schema}.ledger where contest_id = $1 and seq > $4::bigint) moved
join ${schema}.standing using (participant_id)`;

/**
 * Parameters: contest, period, how many. The one look at the latest cohort of each tells whether they have one in this period
 * and where they play: a second one, for those who have none, would be planned by how many those were yesterday.
 */
const newcomers = (source: string, schema: string) => `
select standing.participant_id, last.level, last.outcome
from ${source}
left join lateral (
  select period_start, level, outcome from ${schema}.league_member
  where contest_id = $1 and participant_id = standing.participant_id and period_start <= $2
  order by period_start desc limit 1
) last on true
where standing.contest_id = $1 and standing.period_start = $2 and standing.score > 0
  and last.period_start is distinct from $2
order by standing.seq limit $3`;

const lastSeats = (schema: string) => `
select level, last.cohort, last.seat from generate_series(1, $3::int) level
cross join lateral (
  select cohort, seat from ${schema}.league_member
  where contest_id = $1 and period_start = $2 and league_member.level = level.level
  order by cohort desc, seat desc limit 1
) last`;

const seat = (schema: string) => `
insert into ${schema}.league_member (contest_id, period_start, participant_id, level, cohort, seat, joined_at)
select $1, $2, each.*, coalesce($7::timestamptz, now())
from unnest($3::uuid[], $4::int[], $5::int[], $6::int[]) each(participant_id, level, cohort, seat)
on conflict (contest_id, participant_id, period_start) do nothing`;

const noteReached = (schema: string) => `
update ${schema}.league_period set seq = $3 where contest_id = $1 and period_start = $2`;

/** One period of one league, at the instant of a run. */
export interface Period {
  contestId: string;
  start: Date;
  league: League;
  now: Date | null;
}

/**
 * Puts everybody who has points in a period and no cohort into one, and holds the period until the transaction ends. All
 * periods before it must be settled: where somebody plays follows from them.
 * @returns `false` when the period is settled: then nobody comes in any more
 */
export async function assignCohorts(database: Database, period: Period): Promise<boolean> {
  const { query, schema } = database;
  const key = [period.contestId, period.start];
  await query(makePeriod(schema), key);
  const [held] = await query<{ seq: string | null }>(holdPeriod(schema), key);
  if (!held) return false;
  // Read first: whoever comes meanwhile is seen now and looked at once more.
  const [contest] = await query<{ seq: string }>(reached(schema), [period.contestId]);
  while ((await seatSome(database, period, held.seq)) === most);
  await query(noteReached(schema), [...key, contest?.seq]);
  return true;
}

async function seatSome({ query, schema }: Database, { contestId, start, league, now }: Period, from: string | null) {
  const rows = await query<{ participant_id: string; level: number | null; outcome: Outcome | null }>(
    newcomers(from === null ? whole(schema) : since(schema), schema),
    [contestId, start, most, ...(from === null ? [] : [from])],
  );
  if (rows.length === 0) return 0;
  const last = await query<Seat & { level: number }>(lastSeats(schema), [contestId, start, league.divisions.length]);
  const seated = seatNewcomers(
    rows.map(({ participant_id, level, outcome }) => ({
      participantId: participant_id,
      level: level === null ? 1 : levelAfter(level, outcome),
    })),
    new Map(last.map(({ level, ...taken }) => [level, taken])),
    league.size,
  );
  await query(seat(schema), [
    ...[contestId, start],
    seated.map(({ participantId }) => participantId),
    seated.map(({ level }) => level),
    seated.map(({ cohort }) => cohort),
    seated.map((each) => each.seat),
    now,
  ]);
  return rows.length;
}
