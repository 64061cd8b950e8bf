import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { nodeHandler } from '../src/node.ts';
import { databaseUrl, refer, seed, storageName, testLaurel } from './support.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

describe(`laurel.close() (${storageName})`, () => {
  it('answers what is under way before it ends the storage, and refuses what comes later', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const identify = async () => {
      arrive();
      await held;
      return 'ada';
    };
    const laurel = await testLaurel({ background: false, identify });
    await seed(laurel.api);
    const server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const underWay = fetch(`${base}/programs/friends/me`);
    await arrived;
    let closed = false;
    server.close();
    const end = laurel.close().then(() => {
      closed = true;
    });
    await sleep(100);
    expect(closed).toBe(false);
    release();
    const answer = await underWay;
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await end;
    const late = await laurel.fetch(
      new Request('https://shop.example/api/programs', { headers: { authorization: `Bearer ${laurel.secretKey}` } }),
    );
    expect([late.status, late.headers.get('retry-after')]).toEqual([503, '2']);
  });

  it('waits for calls in process too, and not for ever for anything', async () => {
    const laurel = await testLaurel({ background: false, drainSeconds: 0.05, identify: () => new Promise(() => {}) });
    const created = laurel.api.participants.upsert({ externalId: 'ada' });
    void laurel.fetch(new Request('https://shop.example/api/programs'));
    await laurel.close();
    expect(await created).toMatchObject({ externalId: 'ada' });
  });
});

describe(`laurel serve at SIGTERM (${storageName})`, () => {
  const secret = 'a secret for tests only: 0123456789abcdef';
  const schema = `laurel_drain_${Math.random().toString(36).slice(2, 8)}`;
  let directory: string;
  const storage = () => (databaseUrl ? { database: databaseUrl } : { dataDir: directory });
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'laurel-drain-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('fails no request it took, tells live readers to come back, and exits with 0', async () => {
    const before = createLaurel({ secret, schema, jobs: false, ...storage() });
    await seed(before.api);
    await refer(before.api, 'ada', 'bob');
    const { key } = await before.keys.create('secret');
    await before.close();

    const { DATABASE_URL: _, LAUREL_DATA_DIR: __, ...environment } = process.env;
    const child = spawn(process.execPath, ['--conditions=source', main, 'serve', '--port', '0', '--schema', schema], {
      env: {
        ...environment,
        LAUREL_SECRET: secret,
        ...(databaseUrl ? { DATABASE_URL: databaseUrl } : { LAUREL_DATA_DIR: directory }),
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exited = once(child, 'exit');
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    await expect.poll(() => output, { timeout: 60_000 }).toContain('ready http://');
    const port = Number(/ready \S+:(\d+)/.exec(output)?.[1]);

    const live = await fetch(`http://127.0.0.1:${port}/api/live?topics=contest:spring`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const stream = live.text();

    const agent = new Agent({ keepAlive: true });
    const ask = (method: string, path: string, body?: string) =>
      new Promise<number>((resolve, reject) => {
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
        const asked = request({ port, host: '127.0.0.1', agent, method, path: `/api${path}`, headers }, (answer) => {
          answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
        });
        asked.on('error', reject).end(body);
      });
    let sending = true;
    let recorded = 0;
    const statuses = new Set<number>();
    const buy = async (buyer: number) => {
      for (let order = 0; sending; order++) {
        const body = { program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey: `${buyer}-${order}` };
        statuses.add(await ask('POST', '/conversions', JSON.stringify(body)));
        recorded++;
      }
    };
    const buyers = Promise.all(Array.from({ length: 8 }, (_, buyer) => buy(buyer)));
    await expect.poll(() => recorded, { timeout: 10_000 }).toBeGreaterThan(20);
    const recordedBefore = recorded;
    child.kill('SIGTERM');
    // A balancer asks now and then, and sends for a while what it had in hand.
    await expect.poll(() => ask('GET', '/readyz'), { interval: 20 }).toBe(503);
    await sleep(300);
    sending = false;
    await buyers;
    agent.destroy();
    expect([...statuses]).toEqual([201]);
    expect(recorded).toBeGreaterThan(recordedBefore);
    expect(await stream).toMatch(/event: leaderboard[\s\S]*retry: [1-5]\d{3}\n\n$/);
    expect(await exited).toEqual([0, null]);

    const after = createLaurel({ secret, schema, jobs: false, ...storage() });
    const board = await after.api.leaderboards.list({ contest: 'spring' });
    expect(board.seq).toBe(recorded);
    expect(await after.recount()).toEqual([]);
    await after.close();
  });
});
