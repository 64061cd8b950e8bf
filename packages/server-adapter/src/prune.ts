import type { Queryable } from './db/storage.ts';

const batchSize = 10_000;

/** Deletes the rows of a table, some at a time: however many have gathered, no statement takes long. */
export async function deleteInBatches({ query }: Queryable, table: string, condition: string): Promise<void> {
  let gone: unknown[];
  do {
    gone = await query(
      `delete from ${table} where ctid = any (array(
        select ctid from ${table} where ${condition} limit ${batchSize})) returning 1 as gone`,
    );
  } while (gone.length > 0);
}

/** Lets go of what no longer counts for anything: answers by idempotency key, requests to join, imports never applied. */
export async function prune(queryable: Queryable, schema: string): Promise<void> {
  await deleteInBatches(queryable, `${schema}.join_request`, `created_at < now() - interval '7 days'`);
  await deleteInBatches(queryable, `${schema}.idempotency`, `created_at < now() - interval '30 days'`);
  // An import that was begun and never applied must not keep what its rows say of people.
  await deleteInBatches(
    queryable,
    `${schema}.import_row`,
    `run_id in (select id from ${schema}.import_run where state = 'open' and updated_at < now() - interval '30 days')`,
  );
}
