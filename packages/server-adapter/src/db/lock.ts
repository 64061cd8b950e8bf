import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaurelConfigurationError } from '../problem.ts';

/** When a process began, in clock ticks since boot, where the system tells (Linux); tells a reused pid from its holder. */
async function processStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

interface Holder {
  pid: number;
  start: string | null;
  token: string;
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

async function holds(holder: Holder): Promise<boolean> {
  if (!isAlive(holder.pid)) return false;
  const start = await processStart(holder.pid);
  return start === null || holder.start === null || start === holder.start;
}

/**
 * Takes the lock of a data directory: PGlite has none of its own, and two processes on one directory lose rows silently.
 *
 * The lock file comes into being whole, by `link(2)`, so that nobody reads half of it. A lock whose process is gone is
 * taken over. Returns the function that gives it back.
 * @throws LaurelConfigurationError naming the holder's pid when another process has it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'laurel.lock');
  const mine: Holder = { pid: process.pid, start: await processStart(process.pid), token: randomUUID() };
  const draft = `${file}.${mine.token}`;
  await writeFile(draft, JSON.stringify(mine));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        await link(draft, file);
        return async () => {
          if ((await readHolder(file))?.token === mine.token) await rm(file, { force: true });
        };
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      const holder = await readHolder(file);
      if (holder && (await holds(holder))) {
        throw new LaurelConfigurationError(
          `The data directory ${directory} is in use by process ${holder.pid}. Embedded storage serves one process: stop that one, choose another directory (LAUREL_DATA_DIR), or use PostgreSQL (DATABASE_URL) for several.`,
        );
      }
      await removeStale(file, holder);
    }
  } finally {
    await rm(draft, { force: true });
  }
  throw new LaurelConfigurationError(`The lock ${file} changes hands faster than it can be taken. Try again.`);
}

/** Removes a dead process's lock; a second taker that came first is left alone. */
async function removeStale(file: string, stale: Holder | null): Promise<void> {
  const claim = `${file}.stale`;
  try {
    await link(file, claim);
  } catch {
    await rm(claim, { force: true });
    return;
  }
  if ((await readHolder(claim))?.token === stale?.token) await rm(file, { force: true });
  await rm(claim, { force: true });
}
