import type { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { drizzle as drizzlePGlite } from 'drizzle-orm/pglite';
import { type Dialect, Kysely, type KyselyPlugin, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientTransaction } from '../src/db/enlist.ts';
import type { HostTransaction } from '../src/index.ts';
import type { TestLaurel } from '../src/testing.ts';
import { createEmbedded } from './embedded.ts';
import { databaseUrl, inTransactionOf, refer, seed, storageName, testLaurel } from './support.ts';

/** One way in which a host holds a transaction: runs `work` in it, and rolls back when that throws. */
type InTransaction = (work: (transaction: HostTransaction) => Promise<void>) => Promise<void>;

const pool = databaseUrl ? new pg.Pool({ connectionString: databaseUrl, max: 4 }) : null;
const pglite = databaseUrl ? null : await createEmbedded();

const driverOwn: InTransaction = (work) => inTransactionOf((pglite ?? pool) as PGlite | pg.Pool, work);

const dialect = (): Dialect =>
  pglite ? new PGliteDialect({ pglite }) : new PostgresDialect({ pool: pool as pg.Pool });
const kysely = new Kysely<Record<string, never>>({ dialect: dialect() });
/** Loses every row: as good as any plugin that changes results. */
const losing: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async () => ({ rows: [] }),
};
const drizzle = pglite ? drizzlePGlite(pglite) : drizzlePg(pool as pg.Pool);

const ways: Record<string, InTransaction> = {
  'the driver’s own transaction': driverOwn,
  'a Kysely transaction': (work) => kysely.transaction().execute((transaction) => work(transaction)),
  'a Kysely transaction with plugins': (work) =>
    kysely
      .withPlugin(losing)
      .transaction()
      .execute((transaction) => work(transaction)),
  'a Drizzle transaction': (work) =>
    drizzle.transaction((transaction) => work(transaction as unknown as HostTransaction)),
};

afterAll(async () => {
  await pool?.end();
  await pglite?.close();
});

describe.each(Object.entries(ways))(`api.with(${storageName}): %s`, (_, inTransaction) => {
  let laurel: TestLaurel;
  const purchase = (idempotencyKey: string) => ({
    program: 'friends',
    participant: 'bob',
    event: 'purchase',
    idempotencyKey,
  });
  const score = async () =>
    (await laurel.api.leaderboards.standing({ contest: 'spring', participant: 'ada' })).standing?.score ?? 0;
  const host = (text: string, values: unknown[] = []) =>
    pglite ? pglite.query<{ n: number }>(text, values) : (pool as pg.Pool).query<{ n: number }>(text, values);
  const rowsOf = async (table: string) =>
    Number((await host(`select count(*)::int as n from "${laurel.schema}".${table}`)).rows[0]?.n);

  beforeAll(async () => {
    laurel = await testLaurel({ database: pool ?? (pglite as PGlite) });
    await seed(laurel.api);
    await refer(laurel.api, 'ada', 'bob');
  });
  // A pool that ends leaves whoever waits for a connection of it waiting for ever.
  afterAll(() => laurel.close());

  it('leaves nothing behind when the host rolls back', async () => {
    const tables = ['conversion', 'participant', 'referral', 'referral_transition', 'event', 'ledger', 'ledger_intake'];
    const before = await Promise.all(tables.map(rowsOf));
    const failed = inTransaction(async (transaction) => {
      const api = laurel.api.with(transaction);
      await api.participants.upsert({ externalId: 'ghost' });
      await api.conversions.create(purchase('rolled back'));
      throw new Error('the card was declined');
    });
    await expect(failed).rejects.toThrow('the card was declined');
    await laurel.recount();
    expect(await Promise.all(tables.map(rowsOf))).toEqual(before);
  });

  it('keeps all of it when the host commits, and the board moves right after', async () => {
    const before = await score();
    await inTransaction(async (transaction) => {
      const api = laurel.api.with(transaction);
      await api.conversions.create(purchase('committed'));
      await api.conversions.create(purchase('committed'));
    });
    await expect.poll(score, { interval: 10, timeout: 1000 }).toBe(before + 1);
    expect(await rowsOf('ledger_intake')).toBe(0);
    expect(await laurel.recount()).toEqual([]);
  });

  it('reverses inside the host’s transaction, even before the points were numbered', async () => {
    const before = await score();
    await inTransaction(async (transaction) => {
      const api = laurel.api.with(transaction);
      const { id } = await api.conversions.create(purchase('regretted'));
      await api.conversions.reverse({ conversion: id });
    });
    await laurel.recount();
    expect(await score()).toBe(before);
  });

  it('lets the host go on after a problem of Laurel’s', async () => {
    await inTransaction(async (transaction) => {
      const api = laurel.api.with(transaction);
      const problem = api.referrals.create({ program: 'friends', participant: 'ada' });
      await expect(problem).rejects.toMatchObject({ code: 'attribution_missing' });
      await api.participants.upsert({ externalId: 'carla' });
    });
    expect((await laurel.api.participants.get({ participant: 'carla' })).externalId).toBe('carla');
  });
});

describe('api.with', () => {
  it('refuses what is no transaction and says what it takes', async () => {
    const laurel = await testLaurel();
    expect(() => laurel.api.with({} as HostTransaction)).toThrow(/open transaction/);
  });

  // PGlite has no names for statements.
  it.runIf(databaseUrl).each([true, false])(
    'names its statements there only where that is allowed: %s',
    async (allowed) => {
      const database = pool as pg.Pool;
      const laurel = await testLaurel({ database, preparedStatements: allowed });
      await seed(laurel.api);
      await refer(laurel.api, 'ada', 'bob');
      const named: unknown[] = [];
      await inTransactionOf(database, async (transaction) => {
        const client = transaction as pg.PoolClient;
        const query: ClientTransaction['query'] = (...given) => {
          const [asked] = given as unknown as [{ name?: string }];
          if (asked.name) named.push(asked.name);
          return client.query(...given);
        };
        const award = { contest: 'spring', participant: 'ada', points: 5, idempotencyKey: 'first' };
        await laurel.api.with({ query }).points.award(award);
        const drizzled = drizzlePg({ query } as unknown as pg.PoolClient);
        await laurel.api.with(drizzled as unknown as HostTransaction).points.award(award);
      });
      expect(named.length > 0).toBe(allowed);
      await laurel.close();
    },
  );
});
