import type { Laurel } from '@laurelkit/server-adapter';
import { Webhook } from 'standardwebhooks';
import type { Database } from '../database.ts';

const path = '/hooks/laurel';
const events = [
  ...(['participant.left', 'referral.qualified', 'conversion.recorded', 'conversion.reversed'] as const),
  ...(['reward.earned', 'payout.paid', 'contest.drawn'] as const),
];

/** Something that Laurel told of. */
export interface Heard {
  type: string;
  happenedAt: Date;
}

/** Has Laurel tell this shop of what happens, as it would tell another system: over HTTP, signed by Standard Webhooks. */
export async function setUpHooks(laurel: Laurel, database: Database, origin: string): Promise<void> {
  const url = `${origin}${path}`;
  // The secret is shown once, so it is kept in the transaction that makes it.
  await database.inTransaction(async (transaction) => {
    const { webhooks } = laurel.api.with(transaction);
    const { rows } = await transaction.query<{ endpoint: string }>('select endpoint from shop.hook for update');
    const [known] = rows;
    if (known) {
      await webhooks.update({ endpoint: known.endpoint, url });
      return;
    }
    const made = await webhooks.create({ url, description: 'The shop itself', events });
    await transaction.query('insert into shop.hook (endpoint, secret) values ($1, $2)', [made.id, made.secret]);
  });
}

/**
 * Keeps what was told, once however often it is sent.
 * @throws WebhookVerificationError where it is not signed by Laurel, or is too old
 */
export async function keepHeard(
  database: Database,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await database.query<{ secret: string }>('select secret from shop.hook');
  const told = new Webhook(rows[0]?.secret ?? '').verify(body, headers) as { type: string; timestamp: string };
  await database.query(
    'insert into shop.heard (id, type, happened_at) values ($1, $2, $3) on conflict (id) do nothing',
    [headers['webhook-id'], told.type, told.timestamp],
  );
}

/** The latest of it. */
export async function listHeard(database: Database): Promise<Heard[]> {
  const { rows } = await database.query<Heard>(
    'select type, happened_at as "happenedAt" from shop.heard order by happened_at desc, id limit 10',
  );
  return rows;
}
