import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An example that runs. */
export interface Running {
  url: string;
  /** What it has printed. */
  output(): string;
  /** Asks it to end, as a terminal or supervisor would; answers its exit code. */
  stop(): Promise<number | null>;
}

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** A folder of its own, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'laurel-e2e-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts `examples/<name>/<script>` the way its `npm start` does, and waits until it says it is ready. */
export async function startExample(name: string, script: string, env: Record<string, string>): Promise<Running> {
  // NODE_PATH, which the test runner's own start sets, would let packages see what a user's would not.
  const { NODE_PATH, DATABASE_URL, LAUREL_DATA_DIR, LAUREL_SECRET, ...inherited } = process.env;
  const child = spawn(process.execPath, [script], {
    cwd: join(examples, name),
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      text += piece;
      const ready = /^ready (\S+)$/m.exec(text);
      if (ready?.[1]) resolve(ready[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`examples/${name} ended with ${code}:\n${text}`)));
  });
  return { url, output: () => text, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await once(child, 'exit');
    clearTimeout(timer);
  }
  return child.exitCode;
}
