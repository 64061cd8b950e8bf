import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { run } from '../src/cli/run.ts';
import { compileCache } from './compile-cache.ts';
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

/** Starts the command `laurel` with these words as a process of its own, on the storage of this run. */
export function start(words: string[], environment: Record<string, string> = {}) {
  const { DATABASE_URL: _, LAUREL_SECRET: __, PORT: ___, ...rest } = process.env;
  const child = spawn(process.execPath, ['--conditions=source', main, ...words], {
    env: { ...rest, ...compileCache, LAUREL_SECRET: secret, ...storage, ...environment },
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

/** Runs it to its end as a process of its own. */
export async function laurelProcess(words: string[], environment?: Record<string, string>) {
  const { output, ended } = start(words, environment);
  return { code: await ended, ...output };
}

/** Runs it to its end in this process, as `main.ts` does in one of its own: a process takes a second or more to start. */
export async function laurel(words: string[], environment: Record<string, string> = {}) {
  const output = { text: '', errors: '' };
  const given: NodeJS.ProcessEnv = { DATABASE_URL: undefined, LAUREL_SECRET: secret, ...storage, ...environment };
  const before = Object.keys(given).map((name) => [name, process.env[name]] as const);
  const set = (entries: Iterable<readonly [string, string | undefined]>) => {
    for (const [name, value] of entries) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  set(Object.entries(given));
  try {
    const code = await run(words, {
      print: (line) => {
        output.text += `${line}\n`;
      },
      complain: (line) => {
        output.errors += `${line}\n`;
      },
      stopped: new Promise(() => {}),
    });
    return { code, ...output };
  } finally {
    set(before);
  }
}
