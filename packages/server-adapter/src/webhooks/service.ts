import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { createSafeFetch, type SafeFetch } from '../http/safe-fetch.ts';
import type { WebhookOptions } from '../webhook-options.ts';
import { createFanOut, type FanOut } from './fan-out.ts';
import type { Verdict } from './outcome.ts';
import { pruneWebhooks } from './prune.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { createSender, type Sender } from './sender.ts';

/** What webhooks need of the house. */
export interface WebhookServices {
  database: Database;
  channel: string;
  /** Seals signing secrets. */
  key: Buffer;
  options?: WebhookOptions | undefined;
  logger: Logger;
  count(outcome: Verdict['outcome']): void;
  onFailure(error: unknown): void;
}

/** Everything about webhooks on one node. */
export interface Webhooks {
  readonly database: Database;
  readonly channel: string;
  readonly fetch: SafeFetch;
  readonly secrets: Secrets;
  readonly fanOut: FanOut;
  readonly sender: Sender;
  /** Seconds that the delivery has waited which should have gone out first, of endpoints that are enabled. */
  oldestDueSeconds(): Promise<number>;
  prune(): Promise<void>;
}

/** Makes the webhooks of a node. Nothing is sent before the sender is first woken. */
export function createWebhooks(services: WebhookServices): Webhooks {
  const { database, channel, key, options = {}, logger, count, onFailure } = services;
  const { allow = [], timeoutSeconds = 20, concurrency = 64 } = options;
  const { schema, query } = database;
  const fetch = createSafeFetch({ allow, timeout: timeoutSeconds * 1000 });
  const secrets = createSecrets(key);
  const sender = createSender({
    database,
    channel,
    fetch,
    secrets,
    concurrency,
    count,
    onDisabled: ({ endpointId, reason }) => logger.warn({ endpoint: endpointId, reason }, 'webhook endpoint disabled'),
    onFailure,
  });
  return {
    database,
    channel,
    fetch,
    secrets,
    fanOut: createFanOut(database, sender.wake),
    sender,
    oldestDueSeconds: async () => {
      const [row] = await query<{ seconds: string }>(
        `select greatest(0, coalesce(extract(epoch from now() - min(first.due_at)), 0)) as seconds
         from ${schema}.webhook_endpoint endpoint cross join lateral (
           select min(due_at) as due_at from ${schema}.webhook_delivery
           where endpoint_id = endpoint.id and webhook_delivery.state = 'pending'
         ) first
         where endpoint.state = 'enabled' and endpoint.deleted_at is null`,
      );
      return Number(row?.seconds);
    },
    prune: () => pruneWebhooks(database, schema),
  };
}
