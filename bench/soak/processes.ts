import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadCommand, LoadReport } from './messages.ts';

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const start = (name: string, env: Record<string, string>): ChildProcess =>
  fork(script(name), { env: { ...process.env, ...env }, execArgv: ['--conditions=source'] });

/** One node, which can be killed and started again on its port. */
export interface SoakNode {
  readonly port: number;
  /** Resident memory in bytes, 0 while it is dead. */
  memory(): number;
  /** Ends it with SIGKILL and starts it anew. */
  killAndRestart(pauseMilliseconds: number): Promise<void>;
  stop(): void;
}

/** Starts a node and waits until it listens. */
export async function startNode(env: Record<string, string>): Promise<SoakNode> {
  const open = (port: number) => {
    const child = start('./node.ts', { ...env, SOAK_PORT: String(port) });
    const listening = new Promise<number>((resolve, reject) => {
      child.once('message', (message: { port: number }) => resolve(message.port));
      child.once('exit', (code) => reject(new Error(`A node ended with ${code}.`)));
    });
    listening.catch(() => {});
    return { child, listening };
  };
  let { child, listening } = open(0);
  const port = await listening;
  return {
    port,
    memory: () => {
      if (child.exitCode !== null || child.signalCode !== null) return 0;
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    },
    killAndRestart: async (pause) => {
      child.kill('SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, pause));
      ({ child, listening } = open(port));
      await listening;
    },
    stop: () => child.kill('SIGKILL'),
  };
}

/** The process that offers load. */
export interface Load {
  command(message: LoadCommand | { stop: true }): void;
  onReport(hear: (report: LoadReport) => void): void;
  /** Every key that was acknowledged. */
  acknowledged(): Promise<number[]>;
  stop(): void;
}

/** Starts the process that offers load. */
export function startLoad(env: Record<string, string>): Load {
  const child = start('./load.ts', env);
  return {
    command: (message) => child.send(message),
    onReport: (hear) => {
      child.on('message', (message: { report?: LoadReport }) => message.report && hear(message.report));
    },
    acknowledged: () =>
      new Promise((resolve) => {
        child.on(
          'message',
          (message: { acknowledged?: number[] }) => message.acknowledged && resolve(message.acknowledged),
        );
        child.send({ list: true });
      }),
    stop: () => child.kill('SIGKILL'),
  };
}
