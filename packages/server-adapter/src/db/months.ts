import { quoteSchema } from './database.ts';
import type { Queryable, Storage } from './storage.ts';

/** How many whole months are kept beside the current one; `Infinity` keeps all. */
export interface Retention {
  clickMonths: number;
  eventMonths: number;
}

/**
 * Thirteen months hold the longest window in which a click counts (400 days), and a year more shows each month beside the
 * same one of the year before. Events wait 30 days for a handler; two months leave them to be looked at after that.
 */
export const defaultRetention: Retention = { clickMonths: 25, eventMonths: 2 };

/**
 * Makes the partitions of this month and the next three. Rows that came before their month was made move into it.
 *
 * Waits two seconds at most for a lock: until the next try, the default partition takes what has no month.
 */
export async function makeMonths(storage: Storage, schemaName: string): Promise<void> {
  await storage.transaction(async (transaction) => {
    await transaction.query(`set local lock_timeout = '2s'`);
    await transaction.query(`select ${quoteSchema(schemaName)}.make_months()`);
  });
}

/**
 * Drops the months older than `retention`, each in a transaction of its own that waits half a second at most for its lock.
 * A month stays while one of its clicks still counts or one of its events may still be delivered.
 *
 * Answers the names of the partitions that are gone.
 * @throws AggregateError when some could not be dropped now; the others are
 */
export async function dropOldMonths(storage: Storage, schemaName: string, retention: Retention): Promise<string[]> {
  const schema = quoteSchema(schemaName);
  const dropped: string[] = [];
  const failures: unknown[] = [];
  for (const [table, months] of [
    ['click', retention.clickMonths],
    ['event', retention.eventMonths],
  ] as const) {
    if (months === Number.POSITIVE_INFINITY) continue;
    const cutoff = await firstKept(storage, schema, table, months);
    for (const { name, month } of await monthsBefore(storage, schemaName, table, cutoff)) {
      try {
        if (await dropMonth(storage, schema, table, month)) dropped.push(name);
      } catch (error) {
        failures.push(error);
      }
    }
    await storage.query(
      `delete from ${schema}.${table}_default where created_at < $1::date::timestamp at time zone 'UTC'
       ${table === 'event' ? `and (delivered_at is not null or created_at < now() - interval '30 days')` : ''}`,
      [cutoff],
    );
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} old months could not be dropped yet.`);
  return dropped;
}

type Parent = 'click' | 'event';

/** The first day of the oldest month to keep. */
async function firstKept(queryable: Queryable, schema: string, parent: Parent, months: number): Promise<string> {
  const [row] = await queryable.query<{ day: string }>(
    `select date_trunc('month', least(
       date_trunc('month', now() at time zone 'UTC') - make_interval(months => $1),
       now() at time zone 'UTC' - make_interval(days => (select max(window_days) from ${schema}.program where $2 = 'click'))
     ))::date::text as day`,
    [months, parent],
  );
  return row?.day ?? '-infinity';
}

async function monthsBefore(queryable: Queryable, schemaName: string, parent: Parent, cutoff: string) {
  return queryable.query<{ name: string; month: string }>(
    `select name, month::text from (
       select child.relname as name, to_date(right(child.relname, 7), 'YYYY_MM') as month
       from pg_inherits
       join pg_class child on child.oid = inhrelid
       join pg_class parent on parent.oid = inhparent
       join pg_namespace home on home.oid = parent.relnamespace
       where home.nspname = $1 and parent.relname = $2 and child.relname <> $2 || '_default'
     ) months
     where month < $3::date order by month`,
    [schemaName, parent, cutoff],
  );
}

function dropMonth(storage: Storage, schema: string, parent: Parent, month: string): Promise<boolean> {
  return storage.transaction(async (transaction) => {
    await transaction.query(`set local lock_timeout = '500ms'`);
    const [row] = await transaction.query<{ gone: boolean }>(`select ${schema}.drop_month($1, $2::date) as gone`, [
      parent,
      month,
    ]);
    return row?.gone === true;
  });
}
