import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { openPool, postgresStorage } from '../src/db/postgres.ts';
import type { Storage } from '../src/db/storage.ts';
import { databaseUrl, eventually, plainLaurel } from './support.ts';

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

  /** Stands before the server. While it is silent nothing goes either way, and nothing is closed. */
  const startProxy = async () => {
    const sockets: Socket[] = [];
    const server = createServer((near) => {
      const far = connect(Number(parts.port), parts.hostname);
      sockets.push(near, far);
      near.on('data', (data) => proxy.silent || far.write(data)).on('error', () => {});
      far.on('data', (data) => proxy.silent || near.write(data)).on('error', () => {});
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const proxy = {
      silent: false,
      port: (server.address() as AddressInfo).port,
      close: () => {
        for (const socket of sockets) socket.destroy();
        server.close();
      },
    };
    return proxy;
  };

  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
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

  it.each([
    ['a statement', (storage: Storage) => storage.query('select 1')],
    ['a transaction', (storage: Storage) => storage.transaction(async () => {})],
  ])('gives up on a server that fell silent: %s, on a pool of our own', async (_, work) => {
    const proxy = await startProxy();
    const url = new URL(databaseUrl ?? '');
    url.port = String(proxy.port);
    const storage = postgresStorage(openPool(url.href), { own: true });
    await work(storage);
    proxy.silent = true;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failed = expect(work(storage)).rejects.toThrow('Query read timeout');
    // By then the idle connection is taken and the statement sent.
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(20_000);
    await failed;
    vi.useRealTimers();
    proxy.silent = false;
    await work(storage);
    await storage.close();
    proxy.close();
  });

  describe('beside which a connection listens', () => {
    const run = pg.Client.prototype.query;

    /** A pool of this name, how many connections have it, and what cuts them. */
    const named = () => {
      const application_name = `laurel_${randomUUID().slice(0, 8)}`;
      const ask = (what: string) =>
        admin.query<{ n: number }>(`select ${what} from pg_stat_activity where application_name = $1`, [
          application_name,
        ]);
      return {
        storage: postgresStorage(hostPool({ application_name })),
        connections: async () => (await ask('count(*)::int as n')).rows[0]?.n,
        cut: () => ask('pg_terminate_backend(pid)'),
      };
    };
    /** What happens to LISTEN from now on, as a standby would have it that refuses it. */
    const onListen = (answer: (go: () => Promise<unknown>) => Promise<unknown>) => {
      const query = function (this: pg.Client, ...given: Parameters<typeof run>) {
        const go = () => run.apply(this, given) as unknown as Promise<unknown>;
        return String(given[0]).startsWith('listen') ? answer(go) : go();
      };
      vi.spyOn(pg.Client.prototype, 'query').mockImplementation(query as unknown as typeof run);
    };
    const refusal = Object.assign(new Error('cannot execute LISTEN during recovery'), { code: '25006' });

    it('keeps no connection of a LISTEN that was refused', async () => {
      const { storage, connections, cut } = named();
      let refused = 0;
      let on = true;
      onListen(async (go) => {
        if (!on) return go();
        refused++;
        throw refusal;
      });
      const listen = (onReconnect = () => {}) => storage.listen('nothing', () => {}, onReconnect);
      await expect(listen()).rejects.toBe(refusal);
      expect(await eventually(connections, (n) => n === 0)).toBe(0);

      on = false;
      let back = false;
      const stop = await listen(() => {
        back = true;
      });
      on = true;
      refused = 0;
      await cut();
      await eventually(
        () => refused,
        (n) => n >= 3,
      );
      on = false;
      await eventually(
        () => back,
        (is) => is,
      );
      expect(await eventually(connections, (n) => n === 1)).toBe(1);
      await stop();
      expect(await eventually(connections, (n) => n === 0)).toBe(0);
    });

    it('keeps no connection that was being opened when listening was stopped', async () => {
      const { storage, connections, cut } = named();
      const stop = await storage.listen(
        'nothing',
        () => {},
        () => {},
      );
      const reached = Promise.withResolvers<void>();
      const stopped = Promise.withResolvers<void>();
      onListen(async (go) => {
        reached.resolve();
        await stopped.promise;
        return go();
      });
      await cut();
      await reached.promise;
      await stop();
      stopped.resolve();
      expect(await eventually(connections, (n) => n === 0)).toBe(0);
    });

    it('is opened anew when the server falls silent without a word', async () => {
      const proxy = await startProxy();
      const pool = hostPool({ host: '127.0.0.1', port: proxy.port });
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const told: string[] = [];
      const say = (what: string) => () => void told.push(what);
      const stop = await postgresStorage(pool).listen('nothing', say('heard'), say('back'), say('lost'));
      proxy.silent = true;
      vi.advanceTimersByTime(30_000);
      await eventually(
        () => told,
        () => told.length > 0,
      );
      expect(told).toEqual(['lost']);
      proxy.silent = false;
      await eventually(
        () => told,
        () => told.length > 1,
      );
      expect(told).toEqual(['lost', 'back']);
      vi.useRealTimers();
      await stop();
      proxy.close();
    });
  });
});
