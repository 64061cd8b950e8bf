import type { FrozenEntry } from '@laurelkit/sdk/draws';
import type { Queryable } from '../db/storage.ts';

const pageSize = 10_000;

/** Parameters: contest, entry to begin after, how many. The column sorts by bytes, as leaves do. */
const pageStatement = (schema: string) => `
select entry_id as id, weight::text, seq::text from ${schema}.contest_entry
where contest_id = $1 and entry_id > $2 order by entry_id limit $3`;

/** Parameters: contest, ordinal to begin after, how many. */
const orderStatement = (schema: string) => `
select entry_id as id, ordinal from ${schema}.contest_order where contest_id = $1 and ordinal > $2 order by ordinal limit $3`;

/**
 * The entries of a frozen contest in the order of leaves, a page at a time.
 * @param schema - quoted
 */
export async function* entryPages(
  { query }: Queryable,
  schema: string,
  contestId: string,
): AsyncGenerator<FrozenEntry[]> {
  let last = '';
  for (let isMore = true; isMore; ) {
    const rows = await query<{ id: string; weight: string; seq: string }>(pageStatement(schema), [
      contestId,
      last,
      pageSize,
    ]);
    yield rows.map(({ id, weight, seq }) => ({ id, weight: Number(weight), seq: Number(seq) }));
    isMore = rows.length === pageSize;
    last = rows.at(-1)?.id ?? last;
  }
}

/** All of them at once. */
export async function readEntries(queryable: Queryable, schema: string, contestId: string): Promise<FrozenEntry[]> {
  const entries: FrozenEntry[] = [];
  for await (const page of entryPages(queryable, schema, contestId)) entries.push(...page);
  return entries;
}

/** The ids of a drawn contest in the order it came to, a page at a time. */
export async function* orderPages({ query }: Queryable, schema: string, contestId: string): AsyncGenerator<string[]> {
  let last = 0;
  for (let isMore = true; isMore; ) {
    const rows = await query<{ id: string; ordinal: number }>(orderStatement(schema), [contestId, last, pageSize]);
    yield rows.map(({ id }) => id);
    isMore = rows.length === pageSize;
    last = rows.at(-1)?.ordinal ?? last;
  }
}
