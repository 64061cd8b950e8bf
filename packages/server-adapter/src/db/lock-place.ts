import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/**
 * Where the pids of a process mean something: this boot of this machine, in this container (PID namespace). Elsewhere the same
 * number is another process, or none.
 */
export async function pidPlace(): Promise<string> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${boot.trim()} ${await readlink('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
