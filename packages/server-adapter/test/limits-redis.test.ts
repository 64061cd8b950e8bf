import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { seed, testLaurel } from './support.ts';

const program = 'redis-server';
const hasRedis = spawnSync(program, ['--version']).error === undefined;
if (!hasRedis) console.info('skipped: limits shared over Redis need a redis-server on the PATH');

describe.skipIf(!hasRedis)('limits of two nodes on one Redis', () => {
  let directory: string;
  let server: ChildProcess;
  let client: ReturnType<typeof createClient>;
  let nodes: TestLaurel[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'laurel-redis-'));
    const path = join(directory, 'redis.sock');
    const options = ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no', '--dir', directory];
    server = spawn(program, options, { stdio: 'ignore' });
    client = createClient({ socket: { path, reconnectStrategy: 50 } });
    client.on('error', () => {});
    await client.connect();
    const first = await testLaurel({ background: false, redis: client, limits: { read: 6 } });
    await seed(first.api);
    nodes = [first, await testLaurel({ background: false, redis: client, limits: { read: 6 }, schema: first.schema })];
  });
  afterAll(async () => {
    client?.destroy();
    server?.kill();
    if (directory) await rm(directory, { recursive: true, force: true });
  });

  const ask = async (node: TestLaurel | undefined, remoteAddress: string) => {
    const headers = { authorization: `Bearer ${node?.publishableKey}` };
    const response = await node?.fetch(new Request('https://shop.example/api/contests', { headers }), {
      remoteAddress,
    });
    return response?.status;
  };

  it('are one count', async () => {
    const statuses: unknown[] = [];
    for (let turn = 0; turn < 8; turn++) statuses.push(await ask(nodes[turn % 2], '192.0.2.1'));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    expect(await ask(nodes[0], '192.0.2.2')).toBe(200);
  });

  it('go on counting alone while Redis is away', async () => {
    server.kill();
    await new Promise((resolve) => server.once('exit', resolve));
    const statuses: unknown[] = [];
    for (let turn = 0; turn < 7; turn++) statuses.push(await ask(nodes[0], '192.0.2.3'));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });
});
