import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const manifest = require.resolve('@laurelkit/server-adapter/package.json');
const { bin } = require(manifest) as { bin: { laurel: string } };

type Environment = Record<string, string>;

/** What a terminal runs as `npx laurel …`. */
function spawnLaurel(environment: Environment, words: string[]): ChildProcess {
  return spawn(process.execPath, [join(dirname(manifest), bin.laurel), ...words], {
    // Where the widget is installed, which `laurel serve` looks for.
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Runs a command of `laurel` to its end; answers what it printed. */
export async function runLaurel(environment: Environment, words: string[]): Promise<string> {
  const child = spawnLaurel(environment, words);
  let text = '';
  child.stdout?.on('data', (piece) => {
    text += piece;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`laurel ${words.join(' ')} ended with ${code}`);
  return text;
}

/** `laurel serve`, running. */
export interface LaurelServer {
  /** Its exit code, when it ends. */
  ended: Promise<number>;
  stop(): Promise<void>;
}

/** Starts `laurel serve` and waits until it says that it is ready. */
export async function startLaurel(environment: Environment, flags: string[]): Promise<LaurelServer> {
  const child = spawnLaurel({ LAUREL_LOG_LEVEL: 'warn', ...environment }, ['serve', ...flags]);
  const ended = once(child, 'exit').then(([code]) => Number(code ?? 0));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (piece) => {
      if (String(piece).includes('ready ')) resolve();
      else process.stdout.write(piece);
    });
    ended.then((code) => reject(new Error(`laurel serve ended with ${code}`)));
  });
  return {
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
