import type { Database } from '../db/database.ts';
import { findProgram } from '../db/references.ts';
import { encodeCsv, encodeLines } from '../encode.ts';
import type { Handlers } from '../handlers.ts';
import { pageStream } from '../http/page-stream.ts';
import { type TableExport, tableExports } from './export-tables.ts';

const pageSize = 500;

/** What comes before every key. */
const beforeAll = { uuid: '00000000-0000-0000-0000-000000000000', text: '', number: '0' };

type Row = { cursor: string } & Record<string, unknown>;

/** A table in pages, each found by where the one before ended. Rows that come meanwhile may or may not be among them. */
async function* pagesOf({ query, schema }: Database, { page, key }: TableExport, programId: string) {
  const text = page(schema);
  let last: string = beforeAll[key];
  for (let isFirst = true; ; isFirst = false) {
    const rows = await query<Row>(text, [programId, last, pageSize]);
    if (rows.length > 0 || isFirst) yield { rows, isFirst };
    if (rows.length < pageSize) return;
    last = rows.at(-1)?.cursor ?? last;
  }
}

/** Exports a table of a programme, a page at a time. */
export const exportTable: Handlers<'transfers'>['export'] = async ({ program, table, format }, { database }) => {
  const { id, slug } = await findProgram(database, program);
  const chosen = tableExports[table];
  const { columns } = chosen;
  const stream = pageStream(pagesOf(database, chosen, id), ({ rows, isFirst }) =>
    format === 'csv' ? encodeCsv(rows, columns, isFirst) : encodeLines(rows, columns),
  );
  return new Response(stream, {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson',
      'content-disposition': `attachment; filename="${slug}-${table}.${format}"`,
    },
  });
};
