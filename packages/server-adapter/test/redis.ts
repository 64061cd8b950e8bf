import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection as connectTo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';

const program = 'redis-server';

/** Whether there is a Redis to start; where there is not, the tests that need one say so and are skipped. */
export function hasRedis(what: string): boolean {
  const found = spawnSync(program, ['--version']).error === undefined;
  if (!found) console.info(`skipped: ${what} need a redis-server on the PATH`);
  return found;
}

/** A Redis of its own on a socket, to be killed and started again. */
export async function ownRedis() {
  const directory = await mkdtemp(join(tmpdir(), 'laurel-redis-'));
  const path = join(directory, 'redis.sock');
  const clients: { destroy(): void }[] = [];
  let server: ChildProcess | undefined;

  const start = () => {
    const options = ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no', '--dir', directory];
    server = spawn(program, options, { stdio: 'ignore' });
  };
  const kill = async () => {
    const gone = server && once(server, 'exit');
    server?.kill('SIGKILL');
    await gone;
    // A killed server leaves its socket behind.
    await rm(path, { force: true });
  };
  /** A connected client that comes back by itself; `at` leads elsewhere than straight to the server. */
  const client = async (at = path) => {
    const made = createClient({ socket: { path: at, reconnectStrategy: 50 } });
    made.on('error', () => {});
    await made.connect();
    clients.push(made);
    return made;
  };
  /** A way to the server that can be cut while the server lives. */
  const detour = async () => {
    const at = join(directory, 'detour.sock');
    const sockets = new Set<Socket>();
    const listen = async () => {
      const proxy = createServer((socket) => {
        const onward = connectTo(path);
        for (const each of [socket, onward]) sockets.add(each.on('error', () => {}));
        socket.pipe(onward).pipe(socket);
      }).listen(at);
      await once(proxy, 'listening');
      return proxy;
    };
    let proxy = await listen();
    const cut = () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    };
    return {
      at,
      cut,
      mend: async () => {
        proxy = await listen();
      },
    };
  };

  start();
  return {
    start,
    /** Leaves its connections open and answers nothing. */
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    kill,
    client,
    detour,
    end: async () => {
      for (const each of clients) each.destroy();
      server?.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
