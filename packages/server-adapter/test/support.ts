import { randomUUID } from 'node:crypto';
import type { PGlite } from '@electric-sql/pglite';
import type { Api } from '@laurelkit/sdk/contract';
import pg from 'pg';
import { afterAll } from 'vitest';
import { enlist } from '../src/db/enlist.ts';
import { createLaurel, type HostTransaction, type Laurel, type LaurelOptions } from '../src/index.ts';
import { createTestLaurel, type TestLaurel } from '../src/testing.ts';
import { closeEmbedded, sharedEmbedded } from './embedded.ts';
import { nowhere, webhook } from './samples.ts';

/** The PostgreSQL to test on; embedded storage without it. The same files run on both. */
export const databaseUrl = process.env.LAUREL_TEST_DATABASE_URL || undefined;

/** Which storage this run is on. */
export const storageName = databaseUrl ? 'postgres' : 'pglite';

const open = new Set<Pick<TestLaurel, 'schema' | 'close'>>();
const pool = databaseUrl ? new pg.Pool({ connectionString: databaseUrl, max: 2 }) : null;

afterAll(async () => {
  await Promise.all([...open].map((laurel) => laurel.close()));
  for (const schema of pool ? new Set([...open].map((laurel) => laurel.schema)) : []) {
    await pool?.query(`drop schema if exists "${schema}", "${schema}_jobs" cascade`);
  }
  await pool?.end();
  await closeEmbedded();
});

/** A Laurel on the storage of this run, closed after the file. */
export async function testLaurel(options: LaurelOptions = {}): Promise<TestLaurel> {
  const database = options.database ?? databaseUrl ?? (await sharedEmbedded());
  const laurel = await createTestLaurel({ connections: 5, ...options, database });
  open.add(laurel);
  return laurel;
}

/** A Laurel as a host makes it, not started, in a schema of its own on the storage of this run; closed after the file. */
export async function plainLaurel(options: LaurelOptions = {}): Promise<Laurel & { schema: string }> {
  const schema = options.schema ?? `laurel_test_${randomUUID().slice(0, 8)}`;
  const database = databaseUrl ?? (await sharedEmbedded());
  const secret = 'a secret for tests only: 0123456789abcdef';
  const laurel = { ...createLaurel({ secret, database, connections: 5, limits: false, ...options, schema }), schema };
  open.add(laurel);
  return laurel;
}

/** Runs SQL beside Laurel, on the storage all test Laurels share; `$schema` stands for the schema of this one. */
export async function sql<Row = Record<string, unknown>>(
  { schema }: Pick<TestLaurel, 'schema'>,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const here = text.replaceAll('$schema', `"${schema}"`);
  const { rows } = pool ? await pool.query(here, values) : await (await sharedEmbedded()).query(here, values);
  return rows as Row[];
}

/** Runs `work` in a transaction of the host's own; what throws rolls it back. */
export const inHostTransaction = async (work: (transaction: HostTransaction) => Promise<void>): Promise<void> =>
  inTransactionOf(pool ?? (await sharedEmbedded()), work);

/** Runs `work` in a transaction of a driver; what throws rolls it back. */
export async function inTransactionOf(
  driver: pg.Pool | PGlite,
  work: (transaction: HostTransaction) => Promise<void>,
): Promise<void> {
  if (!('totalCount' in driver)) return driver.transaction(work);
  const client = await driver.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Waits until so many others wait for what a host's transaction holds. On PostgreSQL alone. */
export async function isWaitedFor(transaction: HostTransaction, others = 1): Promise<void> {
  const [own] = await enlist(transaction).query<{ pid: number }>('select pg_backend_pid() as pid');
  const count = async () => {
    const found = await pool?.query('select from pg_stat_activity where $1 = any(pg_blocking_pids(pid))', [own?.pid]);
    return found?.rowCount ?? 0;
  };
  const waiting = await eventually(count, (found) => found >= others);
  if (waiting < others) throw new Error(`${waiting} wait for the transaction, not ${others}.`);
}

/**
 * Runs `work` while nobody else can write to a table, on PostgreSQL alone. `work` gets what waits until somebody has come as far as
 * to want to.
 */
export const whileLocked = (
  { schema }: Pick<TestLaurel, 'schema'>,
  table: string,
  work: (reached: () => Promise<void>) => Promise<void>,
): Promise<void> =>
  inHostTransaction(async (transaction) => {
    await enlist(transaction).query(`lock table "${schema}".${table} in share row exclusive mode`);
    await work(() => isWaitedFor(transaction));
  });

/** Every row of every table, as text: what a request changed shows as a difference. */
export async function dump(laurel: Pick<TestLaurel, 'schema'>): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>(
    laurel,
    'select table_name as name from information_schema.tables where table_schema = $1 order by 1',
    [laurel.schema],
  );
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, coalesce(string_agg(t::text, E'\\n' order by t::text), '') as rows from $schema."${name}" t`,
  );
  const rows = await sql<{ name: string; rows: string }>(laurel, parts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
}

/** Asks again until the answer satisfies, for what happens in the background; the last answer after twenty seconds. */
export async function eventually<Answer>(
  read: () => Answer | Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
): Promise<Answer> {
  const until = Date.now() + 20_000;
  for (;;) {
    const answer = await read();
    if (satisfies(answer) || Date.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until all that waits or is due at `instant` (the database's clock without one) has been settled and numbered. */
export async function settled(laurel: Pick<TestLaurel, 'schema'>, instant: Date | null = null): Promise<void> {
  const waiting = () =>
    sql<{ rows: number }>(
      laurel,
      `select ((select count(*) from $schema.referral_intake) + (select count(*) from $schema.ledger_intake)
        + (select count(*) from $schema.referral where settle_at <= coalesce($1::timestamptz, now())))::int as rows`,
      [instant],
    );
  await sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"referrals":true,"intake":true}']);
  const [left] = await eventually(waiting, ([row]) => row?.rows === 0);
  if (left?.rows !== 0) throw new Error(`${left?.rows} rows still wait to be settled.`);
}

const day = 86_400_000;

/** A programme `friends` with a live contest `spring`, and these participants. */
export async function seed(
  api: Api,
  names: readonly string[] = ['ada', 'bob'],
  contest: Record<string, unknown> = {},
  program: Record<string, unknown> = {},
) {
  await api.programs.create({
    slug: 'friends',
    name: 'Friends',
    landingUrl: 'https://shop.example/welcome',
    ...program,
  });
  await api.contests.create({
    program: 'friends',
    slug: 'spring',
    name: 'Spring',
    startsAt: new Date(Date.now() - day).toISOString(),
    endsAt: new Date(Date.now() + 30 * day).toISOString(),
    ...contest,
  });
  for (const name of names) await api.participants.upsert({ externalId: name, displayName: name });
}

/** Binds `referee` to `referrer` in `friends`. */
export async function refer(api: Api, referrer: string, referee: string) {
  const { referralCode } = await api.programs.me({ program: 'friends', participant: referrer });
  return api.referrals.create({ program: 'friends', participant: referee, referralCode });
}

/** What makes one new participant after another; answers the `externalId` of each. */
export function newcomers(laurel: () => Pick<TestLaurel, 'api'>): () => Promise<string> {
  let count = 0;
  return async () => {
    const externalId = `person-${++count}`;
    await laurel().api.participants.upsert({ externalId });
    return externalId;
  };
}

/** Asks over `fetch`, as a caller with this credential. */
export async function ask(
  laurel: TestLaurel,
  method: string,
  path: string,
  { credential, body, headers = {} }: { credential?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const response = await laurel.fetch(
    new Request(`https://shop.example/api${path}`, {
      method,
      headers: {
        ...(credential && { authorization: `Bearer ${credential}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  const json = text && /[/+]json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, text, json };
}

/** Two webhook endpoints at an origin where nobody listens, and a delivery that failed, by the ids of `webhook`. */
export async function seedWebhooks(laurel: Pick<TestLaurel, 'schema'>) {
  await sql(
    laurel,
    `insert into $schema.webhook_endpoint (id, url, state, disabled_reason)
     values ($1, '${nowhere}/hooks', 'disabled', 'host'), ($2, '${nowhere}/removable', 'disabled', 'host')`,
    [webhook.endpoint, webhook.removable],
  );
  await sql(
    laurel,
    `insert into $schema.webhook_subscription (endpoint_id, name) select id, '*' from $schema.webhook_endpoint`,
  );
  await sql(
    laurel,
    `insert into $schema.webhook_delivery (id, endpoint_id, event_id, event_created_at, event_name, state)
     select $1, $2, id, created_at, name, 'failed' from $schema.event order by id limit 1`,
    [webhook.delivery, webhook.endpoint],
  );
}
