/**
 * Keeps a PostgreSQL of its own in a temporary folder: prints `{ "url": … }` on one line once it answers, and removes it
 * when standard input ends or a signal comes.
 *
 *     node postgres-keeper.mjs folder-with-bin-and-lib [--standby]
 *
 * With a standby, which replays what the first writes and comes back when it is killed, the line tells its `standbyUrl`
 * and `standbyPid` too.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const user = 'laurel';
const password = randomBytes(12).toString('hex');
const owner = unprivileged();
const folder = mkdtempSync(join(owner ? '/tmp' : tmpdir(), 'laurel-postgres-'));
/** @type {Set<import('node:child_process').ChildProcess>} */
const servers = new Set();
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

/** @param {number} port */
const urlOf = (port) => `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`;

/**
 * Starts the server of a data folder and answers once it takes connections.
 * @param {string} native @param {string} data @param {number} port @param {() => void} onExit
 * @returns {Promise<import('node:child_process').ChildProcess>}
 */
const start = (native, data, port, onExit) =>
  new Promise((resolve, reject) => {
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
    let log = '';
    const server = spawn(
      join(native, 'bin', 'postgres'),
      ['-D', join(folder, data), ...settings.flatMap((setting) => ['-c', setting])],
      // Its own group: an interrupt typed at the terminal must reach the keeper only.
      { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    servers.add(server);
    server.stderr?.setEncoding('utf8').on('data', (text) => {
      log = (log + text).slice(-4_000);
      if (/ready to accept (read-only )?connections/.test(log)) resolve(server);
    });
    server.once('error', reject);
    server.once('exit', () => {
      servers.delete(server);
      reject(new Error(`PostgreSQL stopped: ${log}`));
      if (ending) finish(0);
      else onExit();
    });
  });

/** A copy of the first server's folder, before that ever ran, is where its standby begins. @param {number} port */
function initialiseStandby(port) {
  cpSync(join(folder, 'data'), join(folder, 'standby'), { recursive: true });
  const settings = join(folder, 'standby', 'postgresql.auto.conf');
  writeFileSync(settings, `primary_conninfo = '${urlOf(port)}'\n`);
  writeFileSync(join(folder, 'standby', 'standby.signal'), '');
  if (!owner) return;
  for (const name of ['', ...readdirSync(join(folder, 'standby'), { recursive: true, encoding: 'utf8' })]) {
    chownSync(join(folder, 'standby', name), owner.uid, owner.gid);
  }
  chmodSync(join(folder, 'standby'), 0o700);
}

/** @param {string} native @param {number} port */
const startStandby = (native, port) =>
  start(native, 'standby', port, () => {
    setTimeout(() => startStandby(native, port).catch(() => {}), 1_000);
  });

/** Ends once the last server has. @param {number} code */
function finish(code) {
  if (servers.size > 0) return;
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

function end() {
  if (ending) return;
  ending = true;
  for (const server of servers) server.kill('SIGINT');
  setTimeout(() => {
    for (const server of servers) server.kill('SIGQUIT');
  }, 10_000);
  finish(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
process.stdin.on('end', end).on('error', end).resume();

try {
  const [, , binaries = '', option] = process.argv;
  const native = reachable(binaries);
  initialise(native);
  const port = await freePort();
  if (option === '--standby') initialiseStandby(port);
  await start(native, 'data', port, () => {
    for (const server of servers) server.kill('SIGQUIT');
    ending = true;
    finish(1);
  });
  const told = { url: urlOf(port) };
  if (option !== '--standby') console.log(JSON.stringify(told));
  else {
    const standbyPort = await freePort();
    const { pid } = await startStandby(native, standbyPort);
    console.log(JSON.stringify({ ...told, standbyUrl: urlOf(standbyPort), standbyPid: pid }));
  }
} catch (error) {
  if (!ending) {
    console.error(error instanceof Error ? error.message : error);
    ending = true;
    for (const server of servers) server.kill('SIGQUIT');
    finish(1);
  }
}
