import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { postgresStorage } from '../src/db/postgres.ts';
import { databaseUrl, plainLaurel } from './support.ts';

// Embedded storage has no pool.
describe.skipIf(!databaseUrl)('a pool of the host’s', () => {
  const parts = new URL(databaseUrl ?? 'postgres://nobody@localhost/none');
  const admin = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const open: pg.Pool[] = [];
  /** A pool as many hosts make it: with a password beside, which node-postgres hides in its options. */
  const hostPool = (options: pg.PoolConfig = {}) => {
    const pool = new pg.Pool({
      host: parts.hostname,
      port: Number(parts.port),
      user: parts.username,
      password: decodeURIComponent(parts.password),
      database: parts.pathname.slice(1),
      max: 5,
      ...options,
    });
    pool.on('error', () => {});
    open.push(pool);
    return pool;
  };

  afterAll(async () => {
    await Promise.all([...open, admin].map((pool) => pool.end()));
  });

  it('may be made with a password of its own', async () => {
    const laurel = await plainLaurel({ database: hostPool(), jobs: false });
    await laurel.start();
    expect(await laurel.keys.list()).toEqual([]);
    await laurel.close();
  });

  it('may lose a connection that it opened before, in the middle of a transaction', async () => {
    const pool = hostPool({ max: 1 });
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    const storage = postgresStorage(pool);
    const work = storage.transaction(async (transaction) => {
      expect(await transaction.query('select pg_backend_pid() as pid')).toEqual(rows);
      await transaction.query('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(work).rejects.toMatchObject({ code: '57P01' });
    expect(await storage.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});
