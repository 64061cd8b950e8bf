import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of a bench's own that answers one question at a time. */
export interface Child {
  readonly pid: number;
  /** Sends a question and answers what it says; fails when it says that it failed, or ends. */
  ask<Answer>(question: unknown): Promise<Answer>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

const children = new Set<Child>();

/** Starts a module beside this file as a process of its own. `flags` are for its Node. */
export async function startChild(file: string, flags: readonly string[] = []): Promise<Child> {
  const url = new URL(file, import.meta.url);
  const process_ = fork(fileURLToPath(url), { execArgv: ['--conditions=source', '--expose-gc', ...flags] });
  await once(process_, 'message');
  const ended = once(process_, 'exit');
  const child: Child = {
    pid: process_.pid ?? 0,
    ask: async <Answer>(question: unknown) => {
      const left = ended.then(() => {
        throw new Error(`${file} ended.`);
      });
      const answered = once(process_, 'message');
      process_.send(question as object);
      const [{ answer, failure }] = (await Promise.race([answered, left])) as [{ answer: Answer; failure?: string }];
      if (failure !== undefined) throw new Error(`${file}: ${failure}`);
      return answer;
    },
    stop: async () => {
      children.delete(child);
      if (process_.exitCode !== null || process_.signalCode !== null) return;
      process_.kill();
      await ended;
    },
  };
  children.add(child);
  return child;
}

/** Ends every process that still runs, also after a failure. */
export async function stopChildren(): Promise<void> {
  await Promise.all([...children].map((child) => child.stop()));
}
