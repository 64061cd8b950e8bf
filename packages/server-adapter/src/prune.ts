import type { Queryable } from './db/storage.ts';

/** Lets go of what no longer counts for anything: answers by idempotency key, requests to join, imports never applied. */
export async function prune(queryable: Queryable, schema: string): Promise<void> {
  await queryable.query(`delete from ${schema}.join_request where created_at < now() - interval '7 days'`);
  await queryable.query(`delete from ${schema}.idempotency where created_at < now() - interval '30 days'`);
  // An import that was begun and never applied must not keep what its rows say of people.
  await queryable.query(
    `delete from ${schema}.import_row where run_id in (
       select id from ${schema}.import_run where state = 'open' and updated_at < now() - interval '30 days'
     )`,
  );
}
