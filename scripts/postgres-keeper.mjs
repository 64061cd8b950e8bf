/**
 * Keeps a PostgreSQL of its own in a temporary folder: prints `{ "url": … }` on one line once it answers, and removes it
 * when standard input ends or a signal comes.
 *
 *     node postgres-keeper.mjs folder-with-bin-and-lib
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const user = 'laurel';
const password = randomBytes(12).toString('hex');
const owner = unprivileged();
const folder = mkdtempSync(join(owner ? '/tmp' : tmpdir(), 'laurel-postgres-'));
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
let ending = false;

/** PostgreSQL refuses root: who it runs as instead. Nothing when this is not root. */
function unprivileged() {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody" to run it as.');
}

/** The binaries, copied when they lie where the owner cannot reach them. @param {string} native */
function reachable(native) {
  if (!owner || spawnSync(join(native, 'bin', 'initdb'), ['--version'], { ...owner, cwd: '/' }).status === 0)
    return native;
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** @param {string} native */
function initialise(native) {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  if (owner) for (const path of [folder, passwordFile, join(folder, 'data')]) chownSync(path, owner.uid, owner.gid);
  chmodSync(folder, 0o755);
  const { status, stderr, error } = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      `--pgdata=${join(folder, 'data')}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ],
    { ...owner, cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`PostgreSQL could not be initialised: ${error?.message ?? stderr}`);
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** @param {string} native @param {number} port @returns {Promise<void>} */
const start = (native, port) =>
  new Promise((resolve, reject) => {
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
    let log = '';
    server = spawn(
      join(native, 'bin', 'postgres'),
      ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
      // Its own group: an interrupt typed at the terminal must reach the keeper only.
      { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    server.stderr?.setEncoding('utf8').on('data', (text) => {
      log = (log + text).slice(-4_000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => {
      reject(new Error(`PostgreSQL stopped: ${log}`));
      if (!ending) finish(1);
    });
  });

/** @param {number} code */
function finish(code) {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

function end() {
  if (ending) return;
  ending = true;
  if (!server || server.exitCode !== null || server.signalCode !== null) return finish(0);
  server.once('exit', () => finish(0));
  server.kill('SIGINT');
  setTimeout(() => server?.kill('SIGQUIT'), 10_000);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
process.stdin.on('end', end).on('error', end).resume();

try {
  const native = reachable(process.argv[2] ?? '');
  initialise(native);
  const port = await freePort();
  await start(native, port);
  console.log(JSON.stringify({ url: `postgresql://${user}:${password}@127.0.0.1:${port}/postgres` }));
} catch (error) {
  if (!ending) {
    console.error(error instanceof Error ? error.message : error);
    finish(1);
  }
}
