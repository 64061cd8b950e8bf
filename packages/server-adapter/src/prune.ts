import type { Queryable } from './db/storage.ts';

/** Lets go of answers by idempotency key after 30 days, and of requests to join when they no longer count for anything. */
export async function prune(queryable: Queryable, schema: string): Promise<void> {
  await queryable.query(`delete from ${schema}.join_request where created_at < now() - interval '7 days'`);
  await queryable.query(`delete from ${schema}.idempotency where created_at < now() - interval '30 days'`);
}
