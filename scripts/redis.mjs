import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt.mjs';

const onPath = () =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'redis-server')));

/**
 * Sees to it that `redis-server` is on the PATH, where the machine allows. The tests that need it start their own, and
 * say that they are skipped where it is missing.
 */
export async function provideRedis() {
  if (!onPath()) await aptInstall('redis-server');
}
