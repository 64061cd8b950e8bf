import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { BoardReader } from './board.ts';
import { publicRows } from './face.ts';
import { type Counted, type RecountedStretch, recountedPage } from './recounted.ts';
import { endOfWindow, momentOf, startOfWindow } from './window.ts';

/**
 * How far the ledger had certainly come at an instant: to before the first row that was written later. A row bears the instant
 * at which its transaction began, so whatever is after that one was not there yet either.
 */
export async function seqAt({ query, schema }: Database, contestId: string, at: Date): Promise<number> {
  const [row] = await query<{ seq: number }>(
    `select coalesce((select min(seq) - 1 from ${schema}.ledger where contest_id = $1 and created_at > $2),
       (select seq from ${schema}.contest where id = $1))::float8 as seq`,
    [contestId, at],
  );
  return row?.seq ?? 0;
}

/** Parameters: contest, instant or null, sequence number. Without an instant it is when the last row up to there was written. */
const periodStatement = (schema: string) => `
select ${startOfWindow("'period'")} as starts_at, ${endOfWindow("'period'")} as ends_at
from ${schema}.contest
cross join lateral (select coalesce($2::timestamptz,
  (select created_at from ${schema}.ledger where contest_id = $1 and seq <= $3::bigint order by seq desc limit 1),
  contest.starts_at) as instant) known
cross join lateral (select ${momentOf('known.instant')} as at) moment
where id = $1`;

/** What is counted for a window of a contest as it was at an instant, or else at a sequence number alone. */
export async function countedFor(
  { query, schema }: Database,
  contestId: string,
  { window, at, seq }: { window: 'all' | 'period'; at: Date | null; seq: number },
): Promise<Counted> {
  if (window === 'all') return { contestId, seq };
  const [period] = await query<{ starts_at: Date; ends_at: Date }>(periodStatement(schema), [contestId, at, seq]);
  if (!period) throw new Error(`Contest ${contestId} vanished.`);
  return { contestId, seq, between: [period.starts_at, period.ends_at] };
}

/** A board as it was, in pages of at most `pageSize` rows; `key` makes their ids. */
export async function* pastPages(database: Database, key: Buffer, counted: Counted, pageSize: number) {
  let after: readonly [number, number] | null = null;
  for (;;) {
    const { rows }: RecountedStretch = await recountedPage(database, counted, after, pageSize);
    if (rows.length > 0 || after === null) yield publicRows(key, counted.contestId, rows);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = [last.score, last.seq];
  }
}

/** The board of a window at an instant or a sequence number, recounted; `key` makes the ids of rows. */
export const pastBoard =
  (reader: BoardReader, key: Buffer): Handlers<'leaderboards'>['past'] =>
  async ({ contest: reference, window, at, seq: asked, limit, cursor }, context) => {
    const contest = await reader.contest(reference, context);
    const { database } = context;
    // A later page is of the board that the first was of, whatever was written meanwhile.
    const from = cursor === undefined ? null : readCursor(cursor, ['integer', 'integer', 'integer']);
    const upTo = from?.[2] ?? asked ?? (await seqAt(database, contest.id, new Date(at as string)));
    const after = from && ([from[0], from[1]] as const);
    const moment = { window, at: at === undefined ? null : new Date(at), seq: upTo };
    const counted = await countedFor(database, contest.id, moment);
    const { seq, participants, rows } = await recountedPage(database, counted, after, limit + 1);
    const items = publicRows(key, contest.id, rows.slice(0, limit));
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor([last.score, last.seq, seq]) : null;
    return { seq, participants, items, nextCursor };
  };
