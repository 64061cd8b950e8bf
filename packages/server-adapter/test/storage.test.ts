import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, pendingMigrations, printMigrations } from '../src/db/migrate.ts';
import { migrations } from '../src/db/migrations/index.ts';
import { pgliteStorage } from '../src/db/pglite.ts';
import { openPool, postgresStorage } from '../src/db/postgres.ts';
import type { Storage } from '../src/db/storage.ts';
import { createEmbedded } from './embedded.ts';
import { databaseUrl, storageName } from './support.ts';

const schemaName = () => `laurel_test_${Math.random().toString(36).slice(2, 10)}`;

describe(`storage on ${storageName}`, () => {
  let storage: Storage;
  let pglite: PGlite | undefined;

  beforeAll(async () => {
    if (databaseUrl) storage = postgresStorage(openPool(databaseUrl), { own: true });
    else {
      pglite = await createEmbedded();
      storage = pgliteStorage(pglite, () => (pglite as PGlite).close());
    }
    await storage.query('create table if not exists conformance (id int primary key, words text[], facts jsonb)');
    await storage.query('truncate conformance');
  });
  afterAll(async () => {
    await storage.query('drop table conformance');
    await storage.close();
  });

  const count = async () =>
    Number((await storage.query<{ n: number }>('select count(*)::int as n from conformance'))[0]?.n);

  it('passes arrays with nulls, JSON and instants', async () => {
    const [row] = await storage.query<{ a: unknown; j: unknown; t: Date }>(
      'select $1::text[] as a, $2::text::jsonb as j, $3::timestamptz as t',
      [['a"b', null, '{x}', 'ü'], JSON.stringify({ a: [1] }), new Date(1_700_000_000_000)],
    );
    expect(row).toEqual({ a: ['a"b', null, '{x}', 'ü'], j: { a: [1] }, t: new Date(1_700_000_000_000) });
  });

  it('runs the same statement under a name, again and again', async () => {
    for (const n of [1, 2, 3]) {
      expect(await storage.query('select $1::int as n', [n], 'conformance_named')).toEqual([{ n }]);
    }
  });

  it('commits what returns and rolls back what throws', async () => {
    await storage.transaction((tx) => tx.query('insert into conformance (id) values (1)'));
    await expect(
      storage.transaction(async (tx) => {
        await tx.query('insert into conformance (id) values (2)');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await count()).toBe(1);
  });

  it('keeps queries outside a transaction out of it', async () => {
    const before = await count();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let opened = () => {};
    const isOpen = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const inside = storage
      .transaction(async (tx) => {
        await tx.query('insert into conformance (id) values (10)');
        opened();
        await held;
        throw new Error('rolled back');
      })
      .catch(() => {});
    await isOpen;
    const outside = storage.query('insert into conformance (id) values (11)');
    setTimeout(release, 50);
    await Promise.all([inside, outside]);
    expect(await count()).toBe(before + 1);
  });

  it('tells errors apart by SQLSTATE and works on after them', async () => {
    await expect(storage.query('insert into conformance (id) values (1)')).rejects.toMatchObject({ code: '23505' });
    expect(await storage.query('select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('hears notifications of committed transactions only', async () => {
    const heard: string[] = [];
    const stop = await storage.listen(
      'conformance',
      (payload) => heard.push(payload),
      () => {},
    );
    await storage.transaction((tx) => tx.query("select pg_notify('conformance', 'yes')"));
    await storage
      .transaction(async (tx) => {
        await tx.query("select pg_notify('conformance', 'no')");
        throw new Error('rolled back');
      })
      .catch(() => {});
    await expect.poll(() => heard, { timeout: 2000 }).toEqual(['yes']);
    await stop();
  });

  it('runs a library’s SQL, several statements at once, and recovers when they fail half-way', async () => {
    const { rows } = await storage.execute('select 1 as n', []);
    expect(rows).toHaveLength(1);
    await storage.execute('begin; insert into conformance (id) values (20); commit;');
    await expect(storage.execute('begin; select broken from nowhere; commit;')).rejects.toThrow();
    expect(await storage.query('select id from conformance where id = 20')).toEqual([{ id: 20 }]);
  });

  describe('migrations', () => {
    it('run once for three starters at the same time', async () => {
      const schema = schemaName();
      const done = await Promise.all([1, 2, 3].map(() => migrate(storage, schema)));
      expect(done.filter((steps) => steps.length > 0)).toHaveLength(1);
      expect(await pendingMigrations(storage, schema)).toEqual([]);
      expect(await migrate(storage, schema)).toEqual([]);
    });

    it('refuse a schema that a newer version has broken, and take one it has only added to', async () => {
      const schema = schemaName();
      const next = { number: 99, name: 'from-the-future', sql: 'create table future (id int);' };
      await migrate(storage, schema, [...migrations, { ...next, breaking: false }]);
      expect(await migrate(storage, schema)).toEqual([]);
      await storage.query(`update "${schema}".schema_migration set breaking = true where number = 99`);
      await expect(migrate(storage, schema)).rejects.toThrow(/newer version of Laurel \(migration 99/);
    });

    it('leave nothing half-done when a step fails', async () => {
      const schema = schemaName();
      const bad = { number: 98, name: 'bad', breaking: false, sql: 'create table half (id int); select nonsense;' };
      await expect(migrate(storage, schema, [...migrations, bad])).rejects.toThrow();
      expect(await storage.query('select from information_schema.schemata where schema_name = $1', [schema])).toEqual(
        [],
      );
    });

    it('print the very SQL that they run', async () => {
      const schema = schemaName();
      await storage.execute(printMigrations(schema));
      expect(await pendingMigrations(storage, schema)).toEqual([]);
    });

    it('make tables whose truth cannot be changed', async () => {
      const schema = schemaName();
      await migrate(storage, schema);
      await storage.query(
        `insert into "${schema}".program (id, slug, name, landing_url, landing_origins, attribution_model, window_days, url_parameters)
         values ('01a00000-0000-7000-8000-000000000001', 'p', 'P', 'https://x.example', '{}', 'last', 30, '{ref}')`,
      );
      await storage.query(
        `insert into "${schema}".contest (id, program_id, slug, name, state, starts_at, ends_at, time_zone, period, scoring, hide_until_end)
         values ('01a00000-0000-7000-8000-000000000002', '01a00000-0000-7000-8000-000000000001', 'c', 'C', 'scheduled', now(), now() + interval '1 day', 'UTC', 'contest', '[]', false)`,
      );
      await storage.query(
        `insert into "${schema}".ledger (contest_id, seq, participant_id, points, cause, occurred_at)
         values ('01a00000-0000-7000-8000-000000000002', 1, '01a00000-0000-7000-8000-000000000003', 5, 'x', now())`,
      );
      await expect(storage.query(`update "${schema}".ledger set points = 6`)).rejects.toThrow(/append-only/);
      await expect(storage.query(`delete from "${schema}".ledger`)).rejects.toThrow(/append-only/);
    });
  });
});

// Embedded storage has no time limit to set.
if (databaseUrl)
  describe('migrations on PostgreSQL', () => {
    it('may take longer than a statement may', async () => {
      const storage = postgresStorage(openPool(`${databaseUrl}?statement_timeout=100`), { own: true });
      const schema = schemaName();
      const slow = { number: 98, name: 'slow', breaking: false, sql: 'select pg_sleep(0.3);' };
      await expect(storage.query('select pg_sleep(0.3)')).rejects.toMatchObject({ code: '57014' });
      expect(await migrate(storage, schema, [...migrations, slow])).toHaveLength(migrations.length + 1);
      await storage.transaction(async (transaction) => {
        await transaction.query('set local statement_timeout = 0');
        await transaction.query(`drop schema "${schema}" cascade`);
      });
      await storage.close();
    });
  });

// Embedded storage has no connection to lose.
if (databaseUrl)
  describe('LISTEN on PostgreSQL', () => {
    it('says that the connection is cut, comes back by itself, and says that something may have been missed', async () => {
      const pool = openPool(databaseUrl as string);
      const storage = postgresStorage(pool, { own: true });
      const heard: string[] = [];
      const told: string[] = [];
      const stop = await storage.listen(
        'cut',
        (payload) => heard.push(payload),
        () => told.push('back'),
        () => told.push('lost'),
      );
      const other = new pg.Client({ connectionString: databaseUrl as string });
      await other.connect();
      await other.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%cut%'`);
      await expect.poll(() => told, { timeout: 5000 }).toEqual(['lost', 'back']);
      await other.query(`select pg_notify('cut', 'after')`);
      await expect.poll(() => heard, { timeout: 2000 }).toEqual(['after']);
      await stop();
      expect(told).toEqual(['lost', 'back']);
      await other.end();
      await storage.close();
    });
  });
