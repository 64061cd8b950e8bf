import { existsSync } from 'node:fs';
import { run } from './process.mjs';

/**
 * Installs a Debian or Ubuntu package where that is possible (root, `apt-get`); services it brings are not started.
 * @param {string} name
 * @returns {Promise<boolean>} whether it was tried
 */
export async function aptInstall(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log(`Installing ${name} with apt-get …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await run('apt-get', ['update'], { capture: true, env, timeout: 300_000 });
  await run('apt-get', ['install', '--yes', '--no-install-recommends', name], { capture: true, env, timeout: 900_000 });
  return true;
}
