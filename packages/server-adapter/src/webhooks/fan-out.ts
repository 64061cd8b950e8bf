import type { Database } from '../db/database.ts';
import type { Feed, Stretch } from '../events.ts';

/** SQL: whether a subscription wants an event. */
export const isWanted = `subscription.name in (event.name, '*')
  and event.created_at >= subscription.since and event.created_at < subscription.until`;

/** What enabled endpoints want, each of their wishes also for an hour after its end: an event may still be on its way. */
const wishes = (schema: string) => `
select name, min(since)::text as since, until::text, min(after_id)::text as after
from ${schema}.webhook_subscription subscription
join ${schema}.webhook_endpoint endpoint on endpoint.id = subscription.endpoint_id
where endpoint.state = 'enabled' and endpoint.deleted_at is null and until > now() - interval '1 hour'
group by name, until`;

/** Makes the deliveries of some events, `$1`, in one statement; what it asks is in the tables, never what a node remembers. */
const deliverAll = (schema: string) => `
with made as (
  insert into ${schema}.webhook_delivery (endpoint_id, event_id, event_created_at, event_name)
  select distinct endpoint.id, event.id, event.created_at, event.name
  from ${schema}.event
  join ${schema}.webhook_subscription subscription on ${isWanted}
  join ${schema}.webhook_endpoint endpoint on endpoint.id = subscription.endpoint_id
  where event.id = any($1::text[]::bigint[]) and event.created_at > now() - interval '31 days'
    and endpoint.state = 'enabled' and endpoint.deleted_at is null
  order by event.id, endpoint.id
  on conflict (endpoint_id, event_id) do nothing
  returning 1
)
select count(*)::int as count from made`;

/** The outbox's way to webhooks. */
export interface FanOut extends Feed {
  /** Reads anew what endpoints want. Until then events of new wishes wait in the outbox. */
  refresh(): Promise<void>;
}

/** Makes the fan-out of a schema; `onMade` hears that there is something to send. */
export function createFanOut(database: Database, onMade: () => void): FanOut {
  const [wish, deliver] = [wishes(database.schema), deliverAll(database.schema)];
  let wants: readonly Stretch[] = [];
  return {
    get wants() {
      return wants;
    },
    refresh: async () => {
      wants = await database.query<Stretch>(wish);
    },
    receive: async (ids) => {
      const [made] = await database.query<{ count: number }>(deliver, [ids], 'laurel_webhook_fan_out');
      if (made && made.count > 0) onMade();
    },
  };
}
