import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { onStop } from './process.mjs';

const onPath = () =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'redis-server')));

/**
 * Sees to it that `redis-server` is on the PATH, where the machine allows. The tests that need it start their own, and
 * say that they are skipped where it is missing.
 */
export async function provideRedis() {
  if (!onPath()) await aptInstall('redis-server');
}

/**
 * A Redis on a socket of its own, which lives until `stop()` or until this process ends.
 * @returns {Promise<{ url: string, stop: () => Promise<unknown> } | null>} nothing where there is no `redis-server`
 */
export async function startRedis() {
  await provideRedis();
  if (!onPath()) return null;
  const folder = mkdtempSync(join(tmpdir(), 'laurel-redis-'));
  const path = join(folder, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => server.once('close', resolve)).then(() => rmSync(folder, { recursive: true }));
  const stop = () => {
    server.kill();
    return ended;
  };
  const forget = onStop(stop);
  ended.then(forget);
  await new Promise((resolve) => {
    server.stdout.setEncoding('utf8').on('data', (text) => /ready to accept/i.test(text) && resolve(undefined));
    ended.then(resolve);
  });
  return { url: `unix://${path}`, stop };
}
