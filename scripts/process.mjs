import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bin, root } from './paths.mjs';
import { explain } from './problem.mjs';

/** @typedef {{ cwd?: string, env?: Record<string, string | undefined> | undefined, capture?: boolean, timeout?: number }} RunOptions */
/** @typedef {{ code: number, output: string }} Outcome */

const leash = join(root, 'scripts', 'leash.mjs');
/** @type {Set<() => Promise<unknown>>} */
const stops = new Set();
let stopping = false;

/**
 * The environment of every command: what dependencies brought comes first on the PATH.
 * @param {Record<string, string | undefined>} [extra]
 */
export const environment = (extra) => ({
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  ...extra,
});

/**
 * Has `stop` run when this script ends, however it ends. Returns how to forget it.
 * @param {() => Promise<unknown>} stop
 */
export function onStop(stop) {
  stops.add(stop);
  return () => stops.delete(stop);
}

/**
 * Runs a command to its end, without standard input and in its own process group; whatever is left of the group then is
 * killed. Output goes through, or comes back as text with `capture`. `timeout` is in milliseconds.
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, commandArguments, { cwd = root, env, capture = false, timeout } = {}) {
  if (stopping) return new Promise(() => {});
  const flow = capture ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, [leash, command, ...commandArguments], {
    cwd,
    env: environment(env),
    stdio: ['pipe', flow, flow],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));

  const ended = new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  const stop = () => {
    child.stdin?.end();
    return ended;
  };
  const forget = onStop(stop);
  const timer = timeout ? setTimeout(stop, timeout) : undefined;
  child.once('exit', () => killGroup(child.pid));
  return ended.then((code) => {
    clearTimeout(timer);
    forget();
    return { code, output };
  });
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of the group.
  }
}

async function stopAll() {
  await Promise.allSettled([...stops].map((stop) => stop()));
}

/**
 * Runs a script: what it returns is the exit code. Problems are printed as their message; whatever the script started
 * is stopped when it returns, throws or is told to stop.
 * @param {() => Promise<number | void>} script
 * @param {{ stoppedCode?: number }} [options] - the exit code after a signal, when being stopped is how the script ends
 */
export async function main(script, { stoppedCode } = {}) {
  const stop = async (/** @type {number} */ code) => {
    if (stopping) return;
    stopping = true;
    await stopAll();
    process.exit(stoppedCode ?? code);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => stop(128 + constants.signals[signal]));
  }
  // An npm that is killed outright, or whose terminal is closed, tells nobody.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && stop(1), 250);
  if (!process.env.npm_lifecycle_event) clearInterval(watch);
  watch.unref();
  let code = 1;
  try {
    code = (await script()) ?? 0;
  } catch (error) {
    if (!stopping) console.error(`\n${explain(error)}`);
  }
  if (stopping) return;
  await stopAll();
  process.exitCode = code;
}

/** Whether a file is what `node` was asked to run. @param {string} url - its `import.meta.url` */
export const isMain = (url) =>
  Boolean(process.argv[1]) && url === pathToFileURL(realpathSync(process.argv[1] ?? '')).href;
