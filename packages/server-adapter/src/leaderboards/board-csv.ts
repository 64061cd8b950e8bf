import type { Database } from '../db/database.ts';
import { encodeCsv } from '../encode.ts';
import type { Handlers } from '../handlers.ts';
import { pageStream } from '../http/page-stream.ts';
import type { BoardReader } from './board.ts';
import { publicRows } from './face.ts';
import { recountedPage } from './recounted.ts';
import { type BoardWindow, sqlWalk } from './sql-board.ts';
import type { ShownRow } from './stretch.ts';

/** Names of the columns of a board as CSV, in order. */
export const boardColumns = ['rank', 'denseRank', 'ordinal', 'name', 'score', 'tiedWith', 'id'] as const;
const pageSize = 2000;

/**
 * The rows of a board in pages, all of them as they are at the first one: when the board has moved since, the rest is counted
 * from the ledger up to there.
 */
async function* pagesOf(database: Database, board: BoardWindow) {
  const first = await sqlWalk(database, board, undefined, pageSize);
  yield { rows: first.rows, isFirst: true };
  const { seq, startsAt, endsAt } = first;
  const counted = {
    ...{ contestId: board.contestId, seq },
    ...(board.window === 'period' && { between: [startsAt, endsAt] as const }),
  };
  let { rows } = first;
  while (rows.length === pageSize) {
    const last = rows.at(-1) as ShownRow;
    const page = await sqlWalk(database, board, last, pageSize);
    const hasMoved = page.seq !== seq || page.startsAt.getTime() !== startsAt.getTime();
    ({ rows } = hasMoved ? await recountedPage(database, counted, [last.score, last.seq], pageSize) : page);
    yield { rows, isFirst: false };
  }
}

/** The board as CSV, a page in memory at a time; `key` makes the ids of rows. */
export const boardCsv =
  (reader: BoardReader, key: Buffer): Handlers<'leaderboards'>['csv'] =>
  async ({ contest: reference, window }, context) => {
    const contest = await reader.contest(reference, context);
    const pages = pagesOf(context.database, { contestId: contest.id, window, now: context.now });
    const stream = pageStream(pages, ({ rows, isFirst }) =>
      encodeCsv(publicRows(key, contest.id, rows), boardColumns, isFirst),
    );
    return new Response(stream, {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${contest.slug}-board.csv"`,
      },
    });
  };
