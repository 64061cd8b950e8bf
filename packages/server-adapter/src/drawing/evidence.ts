import type { Database } from '../db/database.ts';
import { entryPages, orderPages } from './entries.ts';
import type { EvidenceFacts } from './evidence-facts.ts';

/** The members of an array, page by page, as JSON between its brackets. */
async function* members<Item>(pages: AsyncGenerator<Item[]>, encode: (item: Item) => unknown): AsyncGenerator<string> {
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield `${isFirst ? '' : ','}${page.map((item) => JSON.stringify(encode(item))).join(',')}`;
    isFirst = false;
  }
}

/** The evidence of a drawn contest as JSON in pieces: however many entries there are, one page of them is in memory. */
export async function* evidenceText(
  database: Database,
  contestId: string,
  { randomness, disqualifications, winners, receiptKey, ...head }: EvidenceFacts,
): AsyncGenerator<string> {
  const { schema } = database;
  yield `${JSON.stringify(head).slice(0, -1)},"entries":[`;
  yield* members(entryPages(database, schema, contestId), ({ id, weight, seq }) => [id, weight, seq]);
  yield `],"randomness":${JSON.stringify(randomness)},"order":[`;
  yield* members(orderPages(database, schema, contestId), (id) => id);
  yield `],${JSON.stringify({ disqualifications, winners, receiptKey }).slice(1)}\n`;
}
