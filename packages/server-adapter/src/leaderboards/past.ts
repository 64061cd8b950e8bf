import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { BoardReader } from './board.ts';
import { publicRows } from './face.ts';
import { type RecountedStretch, recountedPage } from './recounted.ts';

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

/** The whole board as it was at a sequence number, in pages of at most `pageSize` rows; `key` makes their ids. */
export async function* pastPages(database: Database, key: Buffer, contestId: string, seq: number, pageSize: number) {
  let after: readonly [number, number] | null = null;
  for (;;) {
    const { rows }: RecountedStretch = await recountedPage(database, { contestId, seq }, after, pageSize);
    if (rows.length > 0 || after === null) yield publicRows(key, contestId, rows);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = [last.score, last.seq];
  }
}

/** The whole board at an instant or a sequence number, recounted; `key` makes the ids of rows. */
export const pastBoard =
  (reader: BoardReader, key: Buffer): Handlers<'leaderboards'>['past'] =>
  async ({ contest: reference, at, seq: asked, limit, cursor }, context) => {
    const contest = await reader.contest(reference, context);
    const { database } = context;
    // A later page is of the board that the first was of, whatever was written meanwhile.
    const from = cursor === undefined ? null : readCursor(cursor, ['integer', 'integer', 'integer']);
    const upTo = from?.[2] ?? asked ?? (await seqAt(database, contest.id, new Date(at as string)));
    const after = from && ([from[0], from[1]] as const);
    const { seq, participants, rows } = await recountedPage(
      database,
      { contestId: contest.id, seq: upTo },
      after,
      limit + 1,
    );
    const items = publicRows(key, contest.id, rows.slice(0, limit));
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor([last.score, last.seq, seq]) : null;
    return { seq, participants, items, nextCursor };
  };
