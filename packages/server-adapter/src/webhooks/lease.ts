import { secretsInUse } from './secrets.ts';

/** A delivery that this node may send now. */
export interface Leased {
  id: string;
  endpointId: string;
  url: string;
  /** Sealed, the newest first. */
  secrets: string[];
  /** Tries before this one. */
  attempts: number;
  name: string;
  at: Date;
  /** `null` when the event is no longer kept. */
  payload: Record<string, unknown> | null;
}

/** An endpoint whose tries fail so often in a row is tried with one delivery at a time, after growing pauses. */
export const circuitThreshold = 5;

/** Longer than any try takes. */
const leaseSeconds = 60;

/**
 * The statement that leases deliveries that are due: from each endpoint in turn, so that no endpoint waits behind what
 * another has piled up, and no more of one endpoint than it has room for.
 *
 * Parameters: endpoints this node is sending to, `$1`, and how much, `$2`; most for one endpoint, `$3`; most in all, `$4`.
 */
export const leaseDeliveries = (schema: string) => `with
ready as (
  select endpoint.id, endpoint.url,
    case when endpoint.failures >= ${circuitThreshold} then 1 else $3::int end - coalesce(busy.count, 0) as room
  from ${schema}.webhook_endpoint endpoint
  left join unnest($1::uuid[], $2::int[]) busy (id, count) on busy.id = endpoint.id
  where endpoint.state = 'enabled' and endpoint.deleted_at is null and endpoint.paused_until <= now()
),
due as (
  select picked.id, row_number() over (partition by ready.id order by picked.due_at, picked.number) as turn
  from ready
  cross join lateral (
    select id, due_at, number from ${schema}.webhook_delivery
    where endpoint_id = ready.id and state = 'pending' and due_at <= now() and leased_until <= now()
    order by due_at limit least(greatest(ready.room, 0), $4::int) for update skip locked
  ) picked
),
chosen as (select id from due order by turn, random() limit $4::int),
leased as (
  update ${schema}.webhook_delivery set leased_until = now() + make_interval(secs => ${leaseSeconds})
  where id = any (array(select id from chosen))
  returning id, endpoint_id, event_id, event_created_at, event_name, attempts
)
select leased.id, leased.endpoint_id as "endpointId", ready.url, leased.attempts, leased.event_name as name,
  leased.event_created_at as at, event.payload, ${secretsInUse(schema, 'leased.endpoint_id')} as secrets
from leased
join ready on ready.id = leased.endpoint_id
left join ${schema}.event on event.id = leased.event_id and event.created_at = leased.event_created_at`;
