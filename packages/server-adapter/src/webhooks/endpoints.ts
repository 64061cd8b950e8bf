import type { WebhookEndpoint } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { holdAlone } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';

/** An endpoint as it is stored, with what it wants now. */
export interface EndpointRow {
  id: string;
  url: string;
  description: string | null;
  events: string[];
  state: 'enabled' | 'disabled';
  disabled_reason: 'host' | 'gone' | 'failing' | null;
  failing_since: Date | null;
  created_at: Date;
  updated_at: Date;
}

const columns = (schema: string) => `endpoint.id, url, description, state, disabled_reason, failing_since, created_at,
  updated_at, array(select name from ${schema}.webhook_subscription
    where endpoint_id = endpoint.id and until = 'infinity' order by name) as events`;

/** Endpoints that were not removed, newest first, below an id where one is given. */
export function selectEndpoints({ schema, query }: Database, before: string | null, limit: number) {
  return query<EndpointRow>(
    `select ${columns(schema)} from ${schema}.webhook_endpoint endpoint
     where deleted_at is null and ($1::uuid is null or id < $1) order by id desc limit $2`,
    [before, limit],
  );
}

/**
 * Finds an endpoint.
 * @throws LaurelProblem webhook_endpoint_not_found
 */
export async function findEndpoint({ schema, query }: Database, id: string): Promise<EndpointRow> {
  const [row] = await query<EndpointRow>(
    `select ${columns(schema)} from ${schema}.webhook_endpoint endpoint where id = $1 and deleted_at is null`,
    [id],
  );
  if (!row) throw new LaurelProblem('webhook_endpoint_not_found', `There is no webhook endpoint "${id}".`);
  return row;
}

/**
 * Holds an endpoint to the end of the transaction and finds it: nobody else changes it meanwhile. An address is claimed before.
 * @throws LaurelProblem webhook_endpoint_not_found
 */
export async function holdEndpoint(database: Database, id: string): Promise<EndpointRow> {
  await database.query(`select from ${database.schema}.webhook_endpoint where id = $1 for no key update`, [id]);
  return findEndpoint(database, id);
}

/**
 * Lets one change of endpoints at a time through, so that looking whether an address is taken and taking it are one.
 * @throws LaurelProblem webhook_url_taken
 */
export async function claimUrl(database: Database, url: string, own: string | null): Promise<void> {
  const { schema, query } = database;
  await holdAlone(database, 'webhook-urls');
  const [other] = await query(
    `select from ${schema}.webhook_endpoint where url = $1 and deleted_at is null and id is distinct from $2::uuid`,
    [url, own],
  );
  if (other) throw new LaurelProblem('webhook_url_taken', 'Change that endpoint, or give another address.');
}

/** More than transactions under way can have taken: where to begin looking for events is only to be near the mark. */
const idsUnderWay = 10_000;

/**
 * Sets what an endpoint wants from now on. What it wants still goes on without a gap.
 * @param anew - begins everything now, so that events of the time it was disabled do not come by themselves
 */
export async function subscribe(
  { schema, query }: Database,
  id: string,
  names: readonly string[],
  { anew }: { anew: boolean },
): Promise<void> {
  if (anew) await query(`delete from ${schema}.webhook_subscription where endpoint_id = $1`, [id]);
  await query(
    `update ${schema}.webhook_subscription set until = now()
     where endpoint_id = $1 and until = 'infinity' and name <> all($2::text[])`,
    [id, names],
  );
  await query(
    `insert into ${schema}.webhook_subscription (endpoint_id, name, after_id)
     select $1, unnest($2::text[]), (select coalesce(max(id), 0) - ${idsUnderWay} from ${schema}.event)
     on conflict (endpoint_id, name) where until = 'infinity' do nothing`,
    [id, names],
  );
}

/** An endpoint as the API answers it. */
export function endpointAnswer(row: EndpointRow): z.output<typeof WebhookEndpoint> {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.events,
    state: row.state,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
