import type { WebhookDelivery } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';

/** A delivery with its latest tries. */
export interface DeliveryRow {
  id: string;
  number: string;
  endpoint_id: string;
  event_name: string;
  event_created_at: Date;
  state: 'pending' | 'delivered' | 'failed';
  due_at: Date;
  sendable: boolean;
  created_at: Date;
  attempts: { status: number | null; duration_ms: number; error: string | null; response: string | null; at: number }[];
}

const mostAttemptsShown = 20;

const selectDeliveries = (schema: string) => `
select delivery.id, delivery.number::text, delivery.endpoint_id, delivery.event_name, delivery.event_created_at,
  delivery.state, delivery.due_at, delivery.created_at,
  coalesce(endpoint.state = 'enabled' and endpoint.deleted_at is null, false) as sendable,
  (select coalesce(jsonb_agg(latest order by latest.id), '[]') from (
    select id, status, duration_ms, error, response, extract(epoch from created_at) * 1000 as at
    from ${schema}.webhook_attempt where delivery_id = delivery.id order by id desc limit ${mostAttemptsShown}
  ) latest) as attempts
from ${schema}.webhook_delivery delivery
left join ${schema}.webhook_endpoint endpoint on endpoint.id = delivery.endpoint_id`;

/** What a page of the log is narrowed to. */
export interface DeliveryFilter {
  endpoint?: string | undefined;
  state?: string | undefined;
  event?: string | undefined;
}

/** The log, newest first, below a number where one is given. */
export function listDeliveries(
  { schema, query }: Database,
  { endpoint, state, event }: DeliveryFilter,
  before: number | null,
  limit: number,
): Promise<DeliveryRow[]> {
  return query<DeliveryRow>(
    `${selectDeliveries(schema)}
     where ($1::uuid is null or delivery.endpoint_id = $1) and ($2::text is null or delivery.state = $2)
       and ($3::text is null or delivery.event_name = $3) and ($4::bigint is null or delivery.number < $4)
     order by delivery.number desc limit $5`,
    [endpoint ?? null, state ?? null, event ?? null, before, limit],
  );
}

/**
 * Finds a delivery.
 * @throws LaurelProblem webhook_delivery_not_found
 */
export async function findDelivery({ schema, query }: Database, id: string): Promise<DeliveryRow> {
  const [row] = await query<DeliveryRow>(`${selectDeliveries(schema)} where delivery.id = $1`, [id]);
  if (!row) throw new LaurelProblem('webhook_delivery_not_found', `There is no webhook delivery "${id}".`);
  return row;
}

/** A delivery as the API answers it. */
export function deliveryAnswer(row: DeliveryRow): z.output<typeof WebhookDelivery> {
  return {
    id: row.id,
    endpoint: row.endpoint_id,
    event: row.event_name,
    eventAt: row.event_created_at.toISOString(),
    state: row.state,
    nextTryAt: row.state === 'pending' && row.sendable ? row.due_at.toISOString() : null,
    attempts: row.attempts.map(({ status, duration_ms, error, response, at }) => ({
      status,
      durationMs: duration_ms,
      error,
      response,
      at: new Date(at).toISOString(),
    })),
    createdAt: row.created_at.toISOString(),
  };
}
