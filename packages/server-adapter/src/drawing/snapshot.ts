import type { FrozenEntry } from '@laurelkit/sdk/draws';
import type { ContestSettings } from '../db/contest-tables.ts';
import type { Queryable } from '../db/storage.ts';
import { mayWin } from '../eligibility.ts';
import { boardId } from '../pseudonym.ts';
import { pointsPerTicket, ticketLimit, weightOf } from './weights.ts';

/** The contest whose entrants are written down; its row is locked. */
export interface Snapped {
  id: string;
  settings: ContestSettings;
}

interface Standing {
  participant_id: string;
  score: string;
  seq: string;
}

const pageSize = 10_000;

const entrants = (schema: string) => `${schema}.standing
join ${schema}.contest on contest.id = standing.contest_id
where standing.contest_id = $1 and standing.period_start = '-infinity' and standing.score > 0
  and ${mayWin(schema, 'standing.participant_id')}`;

/** Parameters: contest, most tickets of one. */
const countStatement = (schema: string) => `
select count(*) as entrants, coalesce(sum(least(standing.score, $2)), 0) as tickets from ${entrants(schema)}`;

/** Parameters: contest, participant to begin after, how many. */
const pageStatement = (schema: string) => `
select standing.participant_id, standing.score::text, standing.seq::text from ${entrants(schema)}
  and standing.participant_id > $2 order by standing.participant_id limit $3`;

/**
 * Parameters: contest, points that earn prizes. For each who reached any, the ledger row from which on they had the points of
 * the highest: what was taken away and earned again counts from then.
 */
const milestonesStatement = (schema: string) => `
with goal as (
  select standing.participant_id, max(milestone.points) as points
  from ${schema}.standing join unnest($2::bigint[]) milestone(points) on milestone.points <= standing.score
  where standing.contest_id = $1 and standing.period_start = '-infinity' group by 1
),
way as (
  select ledger.participant_id, ledger.seq, goal.points,
    sum(ledger.points) over (partition by ledger.participant_id order by ledger.seq) as total
  from ${schema}.ledger join goal using (participant_id) where ledger.contest_id = $1
),
below as (select participant_id, max(seq) filter (where total < points) as seq from way group by 1)
select way.participant_id, min(way.seq)::text as seq
from way join below using (participant_id) where way.seq > coalesce(below.seq, 0) group by 1`;

/** Parameters: contest, and arrays of entries, participants, weights, scores and ledger rows. */
const insertStatement = (schema: string) => `
insert into ${schema}.contest_entry (contest_id, entry_id, participant_id, weight, score, seq)
select $1, entry_id, participant_id, weight, score, seq
from unnest($2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])
  each(entry_id, participant_id, weight, score, seq)`;

async function milestones(
  queryable: Queryable,
  schema: string,
  { id, settings }: Snapped,
): Promise<Map<string, number>> {
  if (settings.kind !== 'milestone') return new Map();
  const points = settings.prizes.flatMap(({ atPoints }) => atPoints ?? []);
  const rows = await queryable.query<{ participant_id: string; seq: string }>(milestonesStatement(schema), [
    id,
    points,
  ]);
  return new Map(rows.map(({ participant_id, seq }) => [participant_id, Number(seq)]));
}

/**
 * Writes down who takes part, with what weight: everybody with points who may win. In the transaction that freezes the contest,
 * whose row it holds, so no points are counted meanwhile.
 * @param schema - quoted
 * @returns the entries by the bytes of their ids, the order of leaves
 */
export async function writeEntries(
  transaction: Queryable,
  schema: string,
  contest: Snapped,
  boardKey: Buffer,
): Promise<FrozenEntry[]> {
  const { id, settings } = contest;
  const [all] = await transaction.query<{ entrants: string; tickets: string }>(countStatement(schema), [
    id,
    ticketLimit(settings),
  ]);
  const perTicket = pointsPerTicket(Number(all?.tickets), Number(all?.entrants));
  const reached = await milestones(transaction, schema, contest);
  const entries: FrozenEntry[] = [];
  let last = '00000000-0000-0000-0000-000000000000';
  for (let isMore = true; isMore; ) {
    const page = await transaction.query<Standing>(pageStatement(schema), [id, last, pageSize]);
    const made = page.map(({ participant_id, score, seq }) => ({
      id: boardId(boardKey, id, participant_id),
      weight: weightOf(Number(score), settings, perTicket),
      seq: reached.get(participant_id) ?? Number(seq),
    }));
    await transaction.query(insertStatement(schema), [
      id,
      made.map((entry) => entry.id),
      page.map(({ participant_id }) => participant_id),
      made.map(({ weight }) => weight),
      page.map(({ score }) => score),
      made.map(({ seq }) => seq),
    ]);
    entries.push(...made);
    isMore = page.length === pageSize;
    last = page.at(-1)?.participant_id ?? last;
  }
  return entries.sort((one, other) => (one.id < other.id ? -1 : 1));
}
