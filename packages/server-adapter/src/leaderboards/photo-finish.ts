import type { contract, Output } from '@laurelkit/sdk/contract';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { isBeforeEnd } from '../hidden-board.ts';
import { isHost } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import { shownNames } from '../shown-names.ts';
import type { BoardReader } from './board.ts';
import { badgeOf } from './face.ts';

interface Row {
  seq: number | null;
  participant_id: string;
  points: number;
  score: number | null;
  occurred_at: Date;
  late: number;
}

/**
 * Rows of the last hour after sequence number `$2`, then those that came too late after the `$3` first of them, at most `$4`.
 * The score after a row is the present one less what came after it: everything else of the ledger need not be read.
 */
const statement = (schema: string) => `
with hour as (
  select ledger.seq from ${schema}.ledger join ${schema}.contest on contest.id = contest_id
  where contest_id = $1 and ledger.seq > $2::bigint and occurred_at >= contest.ends_at - interval '1 hour' and occurred_at < contest.ends_at
  order by ledger.seq limit $4
),
scored as (
  select ledger.*, standing.score - coalesce(sum(points) over (
    partition by ledger.participant_id order by ledger.seq desc rows between unbounded preceding and 1 preceding), 0) as score
  from ${schema}.ledger join ${schema}.standing on standing.contest_id = ledger.contest_id
    and standing.participant_id = ledger.participant_id and standing.period_start = '-infinity'
  where ledger.contest_id = $1 and ledger.seq >= (select min(seq) from hour)
),
late as (
  select *, row_number() over (order by arrived_at, cause) as number from ${schema}.ledger_late where contest_id = $1
)
select scored.seq::float8 as seq, participant_id, points::float8, score::float8, occurred_at, 0 as late
from scored where seq in (select seq from hour)
union all
select null, participant_id, points::float8, null, occurred_at, number::int from late where number > $3::bigint
order by late, seq limit $4`;

/** A row of the last hour as anybody may see it. */
export type FinishRow = Output<typeof contract.leaderboards.photoFinish>['items'][number];

/** Rows of the last hour, and after which ones the next page begins. */
export interface FinishPage {
  items: FinishRow[];
  /** The last row’s number, and how many of those too late are told; `null`: there are no more. */
  next: readonly [seq: number, late: number] | null;
}

/** Reads a page of the last hour; `key` makes the ids of rows. */
export async function finishPage(
  database: Database,
  key: Buffer,
  contest: ContestRow,
  [seq, late]: readonly [seq: number, late: number],
  limit: number,
): Promise<FinishPage> {
  const rows = await database.query<Row>(statement(database.schema), [contest.id, seq, late, limit + 1]);
  const shown = rows.slice(0, limit);
  const names = await shownNames(database, key, contest, [...new Set(shown.map((row) => row.participant_id))]);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => {
      const { id, guest } = badgeOf(key, contest.id, row.participant_id);
      return {
        ...{ seq: row.seq, id, name: names.get(row.participant_id)?.name ?? guest },
        ...{ points: row.points, score: row.score, occurredAt: row.occurred_at.toISOString() },
      };
    }),
    next: rows.length > limit && last ? [last.seq ?? Number.MAX_SAFE_INTEGER, last.late] : null,
  };
}

/** The last hour row by row; `key` makes the ids of rows. */
export const photoFinish =
  (reader: BoardReader, key: Buffer): Handlers<'leaderboards'>['photoFinish'] =>
  async ({ contest: reference, limit, cursor }, context) => {
    const contest = await reader.contest(reference, context);
    if (isBeforeEnd(contest) && !isHost(context.caller)) {
      throw new LaurelProblem('not_ended_yet', 'The last hour is shown once the contest has ended.');
    }
    const [seq, late] = cursor === undefined ? [0, 0] : readCursor(cursor, ['integer', 'integer']);
    const { items, next } = await finishPage(context.database, key, contest, [seq, late], limit);
    return { endsAt: contest.ends_at.toISOString(), items, nextCursor: next && writeCursor([...next]) };
  };
