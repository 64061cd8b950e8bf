import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';

/** Most deliveries that one call sends again. */
const mostReplayed = 10_000;

const again = `state = 'pending', attempts = 0, due_at = now()`;

/**
 * Lets a delivery be sent again, with all its tries anew; one that still waits for a try is tried at once.
 * @throws LaurelProblem webhook_delivery_not_found, also when its endpoint was removed
 */
export async function replayOne({ schema, query }: Database, id: string): Promise<void> {
  const [row] = await query(
    `update ${schema}.webhook_delivery delivery
     set state = 'pending', attempts = case when delivery.state = 'pending' then attempts else 0 end, due_at = now()
     from ${schema}.webhook_endpoint endpoint
     where delivery.id = $1 and endpoint.id = delivery.endpoint_id and endpoint.deleted_at is null returning 1`,
    [id],
  );
  if (!row) throw new LaurelProblem('webhook_delivery_not_found', `There is no webhook delivery "${id}" to replay.`);
}

/** Of an endpoint, from an instant on, past the event `after`. */
export interface Range {
  endpointId: string;
  since: string;
  after: number;
}

/** How many are sent again, and the event after which the next call goes on. */
export interface Replayed {
  replayed: number;
  next: number | null;
}

/** Sends again what was given up. */
export function replayFailed({ schema, query }: Database, range: Range): Promise<Replayed> {
  return run(
    query,
    `with picked as (
       select id, event_id from ${schema}.webhook_delivery
       where endpoint_id = $1 and state = 'failed' and event_created_at >= $2::timestamptz and event_id > $3
       order by event_id limit ${mostReplayed} for update
     ),
     done as (
       update ${schema}.webhook_delivery delivery set ${again} from picked where delivery.id = picked.id returning 1
     )`,
    range,
  );
}

/** Sends everything the endpoint wants, whether it was delivered, given up, or never meant for it. */
export function replayEverything({ schema, query }: Database, range: Range): Promise<Replayed> {
  return run(
    query,
    `with picked as (
       select event.id as event_id, event.created_at, event.name from ${schema}.event
       where event.created_at >= $2::timestamptz and event.id > $3 and exists (
         select from ${schema}.webhook_subscription
         where endpoint_id = $1 and until = 'infinity' and webhook_subscription.name in (event.name, '*'))
       order by event.id limit ${mostReplayed}
     ),
     done as (
       insert into ${schema}.webhook_delivery as delivery (endpoint_id, event_id, event_created_at, event_name)
       select $1, event_id, created_at, name from picked order by event_id
       on conflict (endpoint_id, event_id) do update set ${again} where delivery.state <> 'pending'
       returning 1
     )`,
    range,
  );
}

async function run(
  query: Database['query'],
  statement: string,
  { endpointId, since, after }: Range,
): Promise<Replayed> {
  const [row] = await query<{ replayed: number; picked: number; last: string | null }>(
    `${statement} select (select count(*)::int from done) as replayed, count(*)::int as picked,
       max(event_id)::text as last from picked`,
    [endpointId, since, after],
  );
  const { replayed = 0, picked = 0, last = null } = row ?? {};
  return { replayed, next: picked === mostReplayed ? Number(last) : null };
}
