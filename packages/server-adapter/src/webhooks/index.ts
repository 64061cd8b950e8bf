import { uuidv7 } from 'uuidv7';
import { hint } from '../bus.ts';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { UnsafeAddress } from '../http/safe-fetch.ts';
import { LaurelProblem } from '../problem.ts';
import { deliveryAnswer, findDelivery, listDeliveries } from './deliveries.ts';
import { claimUrl, endpointAnswer, findEndpoint, holdEndpoint, selectEndpoints, subscribe } from './endpoints.ts';
import { replayEverything, replayFailed, replayOne } from './replay.ts';
import { secretsInUse } from './secrets.ts';
import { sendMessage } from './send.ts';
import type { Webhooks } from './service.ts';

/** Webhooks out: endpoints, the delivery log, replay. */
export function webhooks({ channel, fetch, secrets, fanOut, sender }: Webhooks): Handlers<'webhooks'> {
  /** Runs a change in one transaction, of which every node hears. */
  const change = <Result>(context: Context, work: (database: Database) => Promise<Result>) => {
    context.afterCommit(async () => {
      await fanOut.refresh();
      sender.wake();
    });
    return context.transaction(async ({ database }) => {
      const result = await work(database);
      await hint(database, channel, { webhooks: true });
      return result;
    });
  };

  /** The address as it is stored. @throws LaurelProblem webhook_url_not_allowed */
  const checkedUrl = (given: string): string => {
    try {
      fetch.assert(given);
      return new URL(given).href;
    } catch (error) {
      if (!(error instanceof UnsafeAddress)) throw error;
      throw new LaurelProblem('webhook_url_not_allowed', `${error.message} For development see webhooks.allow.`, {
        errors: [{ pointer: '#/url', detail: 'must be https to a public host' }],
      });
    }
  };

  return {
    create: async (input, context) => {
      const url = checkedUrl(input.url);
      return change(context, async (database) => {
        const id = uuidv7();
        await claimUrl(database, url, null);
        await database.query(
          `insert into ${database.schema}.webhook_endpoint (id, url, description) values ($1, $2, $3)`,
          [id, url, input.description],
        );
        await subscribe(database, id, input.events, { anew: true });
        const secret = await secrets.renew(database, id, 0);
        return { ...endpointAnswer(await findEndpoint(database, id)), secret };
      });
    },

    list: async ({ limit, cursor }, { database }) => {
      const before = cursor === undefined ? null : readCursor(cursor, ['id'])[0];
      const rows = await selectEndpoints(database, before, limit + 1);
      const items = rows.slice(0, limit).map(endpointAnswer);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
    },

    get: async ({ endpoint }, { database }) => endpointAnswer(await findEndpoint(database, endpoint)),

    update: async ({ endpoint: id, ...input }, context) => {
      const url = input.url === undefined ? undefined : checkedUrl(input.url);
      return change(context, async (database) => {
        if (url !== undefined) await claimUrl(database, url, id);
        const before = await holdEndpoint(database, id);
        const enabled = input.enabled ?? before.state === 'enabled';
        const woken = enabled && (before.state === 'disabled' || (url !== undefined && url !== before.url));
        await database.query(
          `update ${database.schema}.webhook_endpoint set url = $2, description = $3, state = $4, disabled_reason = $5,
             failures = case when $6 then 0 else failures end,
             failing_since = case when $6 then null else failing_since end,
             paused_until = case when $6 then '-infinity' else paused_until end, updated_at = now()
           where id = $1`,
          [
            id,
            url ?? before.url,
            input.description === undefined ? before.description : input.description,
            enabled ? 'enabled' : 'disabled',
            enabled ? null : (before.disabled_reason ?? 'host'),
            woken,
          ],
        );
        const anew = enabled && before.state === 'disabled';
        if (input.events || anew) await subscribe(database, id, input.events ?? before.events, { anew });
        return endpointAnswer(await findEndpoint(database, id));
      });
    },

    delete: async ({ endpoint }, context) =>
      change(context, async (database) => {
        const row = await holdEndpoint(database, endpoint);
        await database.query(`update ${database.schema}.webhook_endpoint set deleted_at = now() where id = $1`, [
          row.id,
        ]);
        await database.query(`delete from ${database.schema}.webhook_secret where endpoint_id = $1`, [row.id]);
        return endpointAnswer(row);
      }),

    rotateSecret: async ({ endpoint, keepHours }, context) =>
      change(context, async (database) => {
        const row = await holdEndpoint(database, endpoint);
        const secret = await secrets.renew(database, row.id, keepHours);
        return { ...endpointAnswer(row), secret };
      }),

    test: async ({ endpoint }, { database }) => {
      const { id, url } = await findEndpoint(database, endpoint);
      const [row] = await database.query<{ sealed: string[] }>(
        `select ${secretsInUse(database.schema, '$1::uuid')} as sealed`,
        [id],
      );
      const at = new Date();
      const message = { id: uuidv7(), url, type: 'laurel.test', at, data: { endpoint: id } };
      const { throttle: _, ...tried } = await sendMessage(fetch, {
        ...message,
        secrets: secrets.open(id, row?.sealed ?? []),
      });
      return { ...tried, delivered: tried.error === null, at: at.toISOString() };
    },

    replayAll: async ({ endpoint, since = '1970-01-01T00:00:00Z', only, cursor }, context) => {
      const after = cursor === undefined ? 0 : readCursor(cursor, ['integer'])[0];
      return change(context, async (database) => {
        const { id } = await findEndpoint(database, endpoint);
        const replay = only === 'failed' ? replayFailed : replayEverything;
        const { replayed, next } = await replay(database, {
          endpointId: id,
          since: new Date(since).toISOString(),
          after,
        });
        return { replayed, nextCursor: next === null ? null : writeCursor([next]) };
      });
    },

    deliveries: async ({ limit, cursor, ...filter }, { database }) => {
      const before = cursor === undefined ? null : readCursor(cursor, ['integer'])[0];
      const rows = await listDeliveries(database, filter, before, limit + 1);
      const items = rows.slice(0, limit);
      const more = rows.length > limit;
      return {
        items: items.map(deliveryAnswer),
        nextCursor: more ? writeCursor([Number(items.at(-1)?.number)]) : null,
      };
    },

    delivery: async ({ delivery }, { database }) => deliveryAnswer(await findDelivery(database, delivery)),

    replay: async ({ delivery }, context) =>
      change(context, async (database) => {
        await replayOne(database, delivery);
        return deliveryAnswer(await findDelivery(database, delivery));
      }),
  };
}
