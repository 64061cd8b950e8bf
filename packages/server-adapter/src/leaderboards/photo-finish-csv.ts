import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { encodeCsv } from '../encode.ts';
import type { Handlers } from '../handlers.ts';
import { pageStream } from '../http/page-stream.ts';
import type { BoardReader } from './board.ts';
import { type FinishPage, finishPage } from './photo-finish.ts';

const columns = ['seq', 'occurredAt', 'name', 'points', 'score', 'id'] as const;
const pageSize = 1000;

/** All rows, a page at a time; the first page is there without any, too. */
async function* pagesOf(database: Database, key: Buffer, contest: ContestRow) {
  let after: FinishPage['next'] = [0, 0];
  for (let isFirst = true; after !== null; isFirst = false) {
    const { items, next }: FinishPage = await finishPage(database, key, contest, after, pageSize);
    yield { items, isFirst };
    after = next;
  }
}

/** The last hour row by row as CSV, what came too late at its end without `seq`; `key` makes the ids of rows. */
export const photoFinishCsv =
  (reader: BoardReader, key: Buffer): Handlers<'leaderboards'>['photoFinishCsv'] =>
  async ({ contest: reference }, context) => {
    const contest = await reader.contest(reference, context);
    const stream = pageStream(pagesOf(context.database, key, contest), ({ items, isFirst }) =>
      encodeCsv(items, columns, isFirst),
    );
    return new Response(stream, {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${contest.slug}-photo-finish.csv"`,
      },
    });
  };
