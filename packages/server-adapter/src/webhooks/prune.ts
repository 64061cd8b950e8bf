import type { Queryable } from '../db/storage.ts';

const batch = 10_000;

/** Lets go of the log after 30 days, and of what endpoints no longer need. */
export async function pruneWebhooks({ query }: Queryable, schema: string): Promise<void> {
  for (let gone = batch; gone === batch; ) {
    const [row] = await query<{ gone: number }>(
      `with oldest as (select id, due_at from ${schema}.webhook_delivery order by number limit ${batch}),
       gone as (
         delete from ${schema}.webhook_delivery
         where id in (select id from oldest where due_at < now() - interval '30 days') returning id
       ),
       attempts as (delete from ${schema}.webhook_attempt where delivery_id in (select id from gone))
       select count(*)::int as gone from gone`,
    );
    gone = row?.gone ?? 0;
  }
  await query(`delete from ${schema}.webhook_subscription where until < now() - interval '1 day'`);
  await query(`delete from ${schema}.webhook_secret where expires_at < now() - interval '1 day'`);
  await query(`delete from ${schema}.webhook_endpoint where deleted_at < now() - interval '31 days'`);
}
