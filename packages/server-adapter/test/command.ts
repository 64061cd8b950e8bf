import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { databaseUrl } from './support.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

/** The secret of the installation that the commands work on. */
export const secret = 'a secret for tests only: 0123456789abcdef';

/** A folder of this test file alone; the embedded storage of the commands lies in it. */
export const directory = await mkdtemp(join(tmpdir(), 'laurel-cli-'));

const storage = databaseUrl ? { DATABASE_URL: databaseUrl } : { LAUREL_DATA_DIR: directory };
const running = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

/** Starts the command `laurel` with these words, on the storage of this run. */
export function start(words: string[], environment: Record<string, string> = {}) {
  const { DATABASE_URL: _, LAUREL_SECRET: __, PORT: ___, ...rest } = process.env;
  const child = spawn(process.execPath, ['--conditions=source', main, ...words], {
    env: { ...rest, LAUREL_SECRET: secret, ...storage, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const output = { text: '', errors: '' };
  child.stdout.on('data', (chunk) => (output.text += chunk));
  child.stderr.on('data', (chunk) => (output.errors += chunk));
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number;
  });
  return { child, output, ended };
}

/** Runs it to its end. */
export async function laurel(words: string[], environment?: Record<string, string>) {
  const { output, ended } = start(words, environment);
  return { code: await ended, ...output };
}
