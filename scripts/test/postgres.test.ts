import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { root } from '../paths.mjs';

/** Whether something answers at a database's address. */
const answers = (url: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'PostgreSQL ends with the script that started it: %s',
  async (signal) => {
    const script = spawn(process.execPath, [join(root, 'scripts', 'postgres.mjs')], {
      env: { ...process.env, LAUREL_TEST_DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(script.stdout, 'data');
    const url = String(line).trim();
    expect(await answers(url)).toBe(true);

    script.kill(signal);
    for (let wait = 0; (await answers(url)) && wait < 100; wait += 1) await setTimeout(100);
    expect(await answers(url)).toBe(false);
  },
  60_000,
);
