import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type LaurelOptions, openEmbedded } from '../../src/index.ts';
import { compileCache } from '../compile-cache.ts';
import { databaseUrl } from '../support.ts';

/** A host process that can be killed and started again, on one schema of the storage of this run. */
export async function crashHost() {
  const secretKey = 'sk_crash_test_0123456789abcdef';
  const schema = `laurel_crash_${Math.random().toString(36).slice(2, 8)}`;
  const directory = databaseUrl ? null : await mkdtemp(join(tmpdir(), 'laurel-crash-'));
  const headers = { authorization: `Bearer ${secretKey}` };
  let child: ChildProcess | undefined;

  return {
    schema,
    headers,
    /** What a Laurel needs to look at the same data once the host is dead. */
    options: {
      secret: 'a secret for tests only: 0123456789abcdef',
      ...(databaseUrl ? { database: databaseUrl } : { dataDir: directory ?? '' }),
      schema,
      jobs: false,
    } satisfies LaurelOptions,
    /** The database itself, once the host is dead. */
    open: async () => {
      if (databaseUrl) {
        const pool = new pg.Pool({ connectionString: databaseUrl, max: 5 });
        return { database: pool, rows: async (text: string) => (await pool.query(text)).rows, close: () => pool.end() };
      }
      const { pglite, close } = await openEmbedded(directory ?? '');
      return { database: pglite, rows: async (text: string) => (await pglite.query(text)).rows, close };
    },
    start: async (environment: Record<string, string> = {}): Promise<string> => {
      child = spawn(process.execPath, ['--conditions=source', new URL('./server.ts', import.meta.url).pathname], {
        env: {
          ...process.env,
          ...compileCache,
          STORAGE: databaseUrl ?? directory ?? '',
          SCHEMA: schema,
          SECRET_KEY: secretKey,
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
      return `http://127.0.0.1:${Number(String(line))}`;
    },
    kill: async (): Promise<void> => {
      const gone = once(child as ChildProcess, 'exit');
      child?.kill('SIGKILL');
      await gone;
    },
    post: (base: string, path: string, body?: unknown) =>
      fetch(`${base}${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    /** Ends what is left of it. */
    end: async () => {
      child?.kill('SIGKILL');
      if (directory) await rm(directory, { recursive: true, force: true });
    },
  };
}
