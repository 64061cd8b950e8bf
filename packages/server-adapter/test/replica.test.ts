import { spawn } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LaurelConfigurationError } from '../src/index.ts';
import type { TestLaurel } from '../src/testing.ts';
import { ask, databaseUrl, eventually, refer, seed, storageName, testLaurel } from './support.ts';

const script = new URL('../../../scripts/postgres.mjs', import.meta.url).pathname;

/** A PostgreSQL of this file's own with a streaming standby, or nothing where this machine has no PostgreSQL to start. */
async function startPair() {
  const keeper = spawn(process.execPath, [script, '--standby'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  keeper.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text;
  });
  const [line] = await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit').then(() => [null])]);
  if (line === null) {
    console.info(`skipped: reads from a replica. ${complaint.trim()}`);
    return null;
  }
  const end = async () => {
    const gone = once(keeper, 'exit');
    keeper.kill();
    await gone;
  };
  return { ...(JSON.parse(String(line)) as { url: string; standbyUrl: string; standbyPid: number }), end };
}

// The run on embedded storage is for machines without PostgreSQL.
const pair = databaseUrl ? await startPair() : null;

describe.skipIf(!pair)('reads from a replica', () => {
  const maxLag = 2;
  let laurel: TestLaurel;
  let standby: pg.Client;
  let orders = 0;

  const connect = async () => {
    standby = new pg.Client({ connectionString: pair?.standbyUrl });
    standby.on('error', () => {});
    await standby.connect();
  };
  const buy = () =>
    laurel.api.conversions.create({
      program: 'friends',
      participant: 'bob',
      event: 'purchase',
      idempotencyKey: `order-${++orders}`,
    });
  const read = (path: string, credential = laurel.publishableKey) => ask(laurel, 'GET', path, { credential });
  const board = async (credential?: string) => {
    const { status, headers, json } = await read('/contests/spring/leaderboard', credential);
    return { status, staleness: headers.get('laurel-staleness'), score: json?.items[0]?.score ?? 0 };
  };
  const fromReplica = async (wanted = true) =>
    (await eventually(board, ({ staleness }) => (staleness !== null) === wanted)).staleness !== null;

  beforeAll(async () => {
    if (!pair) return;
    // Boards in memory need no replica: what is read here is SQL.
    laurel = await testLaurel({
      database: pair.url,
      readReplica: pair.standbyUrl,
      replicaMaxLagSeconds: maxLag,
      boards: false,
    });
    await seed(laurel.api);
    await refer(laurel.api, 'ada', 'bob');
    await buy();
    await connect();
  });
  afterAll(async () => {
    await standby?.end();
    await laurel?.close();
    await pair?.end();
  });

  it('answer boards and public lists, and say how old they are at most', async () => {
    expect(await fromReplica()).toBe(true);
    const { staleness, score } = await eventually(board, (answer) => answer.score === 1 && answer.staleness !== null);
    expect(score).toBe(1);
    expect(staleness).toMatch(/^[012]\.\d$/);
    for (const path of ['/contests', '/contests/spring/standing?participant=ada']) {
      const token = await laurel.api.participants.createToken({ participant: 'ada' });
      const { status, headers } = await read(path, path.includes('standing') ? token.token : undefined);
      expect([status, headers.get('laurel-staleness')]).toEqual([200, expect.stringMatching(/^\d\.\d$/)]);
    }
    const elsewhere = new Request('https://api.example/api/contests', {
      headers: { authorization: `Bearer ${laurel.publishableKey}`, origin: 'https://shop.example' },
    });
    const { headers } = await laurel.fetch(elsewhere);
    expect(headers.get('access-control-expose-headers')).toContain('Laurel-Staleness');
    const metrics = await read('/metrics', laurel.secretKey);
    expect(Number(/^laurel_replica_staleness_seconds (.*)$/m.exec(metrics.text)?.[1])).toBeLessThan(maxLag);
  });

  it('are not for secret keys, nor for what callers must see right after they wrote', async () => {
    for (const path of [
      '/contests/spring/leaderboard',
      '/contests',
      '/programs',
      '/programs/friends/me?participant=ada',
    ]) {
      const { status, headers } = await read(path, laurel.secretKey);
      expect([path, status, headers.get('laurel-staleness')]).toEqual([path, 200, null]);
    }
    const { token } = await laurel.api.participants.createToken({ participant: 'ada' });
    expect((await read('/programs/friends/me', token)).headers.get('laurel-staleness')).toBeNull();
  });

  it('find on the primary what the replica does not have yet', async () => {
    expect(await fromReplica()).toBe(true);
    await standby.query('select pg_wal_replay_pause()');
    try {
      await laurel.api.contests.create({
        program: 'friends',
        slug: 'new',
        name: 'New',
        startsAt: new Date(Date.now() - 1000).toISOString(),
        endsAt: new Date(Date.now() + 86_400_000).toISOString(),
      });
      expect(await read('/contests/new/leaderboard')).toMatchObject({ status: 200, json: { items: [] } });
    } finally {
      await standby.query('select pg_wal_replay_resume()');
    }
  });

  it('are never older than the bound: a replica that stands still is left, and used again when it has caught up', async () => {
    expect(await fromReplica()).toBe(true);
    await standby.query('select pg_wal_replay_pause()');
    let written: { score: number; at: number }[] = [];
    const until = performance.now() + maxLag * 1000 + 1_500;
    try {
      while (performance.now() < until) {
        await buy();
        written = [...written, { score: orders, at: performance.now() }];
        const { status, score } = await board();
        const now = performance.now();
        const due = written.findLast(({ at }) => now - at > maxLag * 1000)?.score ?? 0;
        expect(status).toBe(200);
        expect(score).toBeGreaterThanOrEqual(due);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await board()).toEqual({ status: 200, staleness: null, score: orders });
      expect((await read('/metrics', laurel.secretKey)).text).toMatch(/^laurel_replica_staleness_seconds [2-9]/m);
    } finally {
      await standby.query('select pg_wal_replay_resume()');
    }
    expect(await fromReplica()).toBe(true);
    expect((await board()).score).toBe(orders);
  });

  it('do not fail when the replica is killed, and go back to it when it is there again', async () => {
    expect(await fromReplica()).toBe(true);
    const statuses = new Set<number>();
    let on = true;
    const readers = Array.from({ length: 4 }, async () => {
      while (on) statuses.add((await board()).status);
    });
    process.kill(pair?.standbyPid ?? 0, 'SIGQUIT');
    expect(await fromReplica(false)).toBe(false);
    await buy();
    expect((await board()).score).toBe(orders);
    await eventually(board, ({ staleness }) => staleness !== null);
    on = false;
    await Promise.all(readers);
    expect([...statuses]).toEqual([200]);
    expect(await fromReplica()).toBe(true);
  });
});

describe(`a replica (${storageName})`, () => {
  it.skipIf(databaseUrl)('is refused on embedded storage, which has none', async () => {
    await expect(testLaurel({ readReplica: 'postgres://nowhere' })).rejects.toThrow(LaurelConfigurationError);
  });

  it.skipIf(!databaseUrl)('that is no standby, or is not there, is not read from', async () => {
    for (const readReplica of [databaseUrl ?? '', 'postgres://nobody@127.0.0.1:1/nothing']) {
      const laurel = await testLaurel({ readReplica });
      await seed(laurel.api);
      await new Promise((resolve) => setTimeout(resolve, 700));
      const { status, headers } = await ask(laurel, 'GET', '/contests', { credential: laurel.publishableKey });
      expect([status, headers.get('laurel-staleness')]).toEqual([200, null]);
      await laurel.close();
    }
  });
});
