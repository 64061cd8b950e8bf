import type { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { groupCommit } from '../src/db/group-commit.ts';
import { pgliteStorage } from '../src/db/pglite.ts';
import { canPrepare } from '../src/db/pglite-prepared.ts';
import type { Storage } from '../src/db/storage.ts';
import { createEmbedded } from './embedded.ts';

describe('named statements on PGlite', () => {
  let pglite: PGlite;
  let storage: Storage;

  beforeAll(async () => {
    pglite = await createEmbedded();
  });
  afterAll(() => pglite.close());
  beforeEach(async () => {
    storage = pgliteStorage(pglite);
    await pglite.exec('create table each (id int primary key, small smallint)');
  });
  afterEach(async () => {
    await storage.close();
    await pglite.exec('drop table each');
  });

  const prepared = async () =>
    (await pglite.query<{ runs: string }>('select generic_plans + custom_plans as runs from pg_prepared_statements'))
      .rows;
  const insert = (ids: readonly unknown[], small: readonly unknown[] = []) =>
    storage.query<{ id: number }>(
      'insert into each select * from unnest($1::int[], $2::smallint[]) returning id',
      [ids, small],
      'insert',
    );
  const stored = async () =>
    (await storage.query<{ id: number }>('select id from each order by id')).map(({ id }) => id);

  it('are planned once and run again and again', async () => {
    for (const id of [1, 2, 3]) expect(await insert([id])).toEqual([{ id }]);
    expect(await prepared()).toEqual([{ runs: 3 }]);
    expect(await stored()).toEqual([1, 2, 3]);
  });

  it('are planned once inside transactions too, and belong to them', async () => {
    const insertIn = (id: number, fails = false) =>
      storage.transaction(async ({ query }) => {
        await query('insert into each values ($1)', [id], 'one');
        if (fails) throw new Error('not this time');
      });
    for (const id of [1, 2]) await insertIn(id);
    await expect(insertIn(3, true)).rejects.toThrow('not this time');
    await expect(insertIn(1)).rejects.toMatchObject({ code: '23505' });
    await insertIn(4);
    expect(await prepared()).toEqual([{ runs: 5 }]);
    expect(await stored()).toEqual([1, 2, 4]);
    await pglite.exec('deallocate all');
    await expect(insertIn(5)).rejects.toMatchObject({ code: '26000' });
    await insertIn(5);
    expect(await stored()).toEqual([1, 2, 4, 5]);
  });

  it('write and read every type as query does', async () => {
    const text = `select $1::text[] as words, $2::bigint[] as large, $3::bigint as one, $4::jsonb as facts, $5::timestamptz as at,
      $6::bool as yes, $7::bytea as bytes, $8::numeric as exact, $9::uuid[] as ids, $10::text as nothing, now() is null as never,
      '{1,2}'::int[] as numbers, null::int[] as none, 'infinity'::timestamptz as end, $11::float8 as part`;
    const values = [
      ...[
        ['a"b\\', null, '{x}', 'ü, ', ''],
        ['9007199254740993', null, 7],
        12n,
        { a: ['"'] },
        new Date(1_700_000_000_000),
      ],
      ...[true, new Uint8Array([0, 255]), '1.50', ['0190a000-0000-7000-8000-000000000001'], undefined, 0.1],
    ];
    const named = await storage.query(text, values, 'types');
    expect(named).toEqual((await pglite.query(text, values)).rows);
    expect(await storage.query(text, values, 'types')).toEqual(named);
    expect(await storage.query('select 1 as n where $1::int = 2', [1], 'nothing')).toEqual([]);
  });

  it('fail with the same SQLSTATE as query, store nothing, and leave the connection in order', async () => {
    await insert([1]);
    await expect(insert([2, 1])).rejects.toMatchObject({ code: '23505' });
    await expect(insert([3], [70_000])).rejects.toMatchObject({ code: '22003' });
    await expect(storage.query('select nonsense', [], 'bad')).rejects.toMatchObject({ code: '42703' });
    await expect(storage.query('select 1', ['too many'], 'bad')).rejects.toMatchObject({ code: '08P01' });
    await insert([4]);
    expect((await pglite.query('select id from each order by id')).rows).toEqual([{ id: 1 }, { id: 4 }]);
  });

  it('fail for the row at fault alone when gathered', async () => {
    const one = groupCommit<number, { id: number }>((small) =>
      insert(
        small.map((value) => value % 1000),
        small,
      ),
    );
    const outcomes = await Promise.allSettled([1, 2, 70_003, 4, 70_005].map((value) => one(value)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    expect(await stored()).toEqual([1, 2, 4]);
  });

  it('stay out of a transaction of the host’s, and of one of ours', async () => {
    for (const transaction of [pglite.transaction.bind(pglite), storage.transaction]) {
      let outside: Promise<unknown> | undefined;
      await expect(
        transaction(async (open: { query(text: string): Promise<unknown> }) => {
          await open.query('insert into each values (10)');
          outside = insert([11]);
          await open.query('select 1');
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');
      await outside;
      expect(await stored()).toEqual([11]);
      await pglite.exec('truncate each');
    }
  });

  it('run inside a transaction of ours, and go when it is rolled back', async () => {
    await insert([1]);
    const text = 'insert into each values ($1)';
    await expect(
      storage.transaction(async (transaction) => {
        await transaction.query(text, [2], 'inside');
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await storage.transaction((transaction) => transaction.query(text, [3], 'inside'));
    expect(await stored()).toEqual([1, 3]);
  });

  it('notify those who listen', async () => {
    const heard: string[] = [];
    const stop = await storage.listen(
      'prepared',
      (payload) => heard.push(payload),
      () => {},
    );
    await storage.query("select pg_notify('prepared', $1)", ['yes'], 'notify');
    await expect.poll(() => heard).toEqual(['yes']);
    await stop();
  });

  it('are prepared again when somebody has let go of them or changed the table', async () => {
    await insert([1]);
    await pglite.exec('deallocate all');
    await insert([2]);
    await pglite.exec('alter table each add column more int');
    await insert([3]);
    expect(await stored()).toEqual([1, 2, 3]);
  });

  it('are let go of on closing, also when the instance has been closed before', async () => {
    await insert([1]);
    const other = pgliteStorage(pglite);
    await other.query('select $1::int', [1], 'other');
    await storage.close();
    expect(await prepared()).toHaveLength(1);
    await other.close();
    expect(await prepared()).toEqual([]);

    const own = await createEmbedded();
    const late = pgliteStorage(own);
    await late.query('select $1::int', [1], 'late');
    await own.close();
    await late.close();
    await expect(late.query('select $1::int', [1], 'late')).rejects.toThrow('PGlite is closed');
  });

  it('are ordinary statements on an instance without what preparing needs', async () => {
    const lesser = new Proxy(pglite, {
      get: (target, key) => {
        if (key === 'execProtocolStream') return undefined;
        const value = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    expect([canPrepare(pglite), canPrepare(lesser)]).toEqual([true, false]);
    expect(await pgliteStorage(lesser).query('select $1::int as n', [1], 'plain')).toEqual([{ n: 1 }]);
    expect(await prepared()).toEqual([]);
  });
});
