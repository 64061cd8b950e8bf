import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaurelConfigurationError } from '../problem.ts';
import { pidPlace } from './lock-place.ts';

const mostAttempts = 50;
const waitMilliseconds = 20;
/** How often a holder shows to others, whose pids are not ours, that it lives; and how long it may be silent. */
const beatMilliseconds = 5_000;
const silentMilliseconds = 30_000;

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
    return hasCode(error, 'EPERM');
  }
}

const hasCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

interface Holder {
  pid: number;
  start: string | null;
  token: string;
  /** Where the pid means something; locks of before had none. */
  place?: string;
}

/** The lock of a directory, and who would like to have it. */
interface Taking {
  file: string;
  draft: string;
  mine: Holder;
}

/** Whoever wrote what is no lock: a machine that lost its power may have left half of one. */
const nobody: Holder = { pid: 0, start: null, token: 'unreadable' };

/** Who holds a lock; `null` when the file is not there. */
async function readHolder(file: string): Promise<Holder | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const holder = JSON.parse(text) as Holder;
    return /^[\w-]+$/.test(holder.token) ? holder : nobody;
  } catch {
    return nobody;
  }
}

const beatOf = (file: string, { token }: Holder) => `${file}.${token}.beat`;

/** Whether a holder of another place has shown lately that it lives, by the clock of the file system alone. */
async function isHeard(holder: Holder, { file, draft, mine }: Taking): Promise<boolean> {
  await writeFile(draft, JSON.stringify(mine));
  const now = (await stat(draft)).mtimeMs;
  const last = await stat(beatOf(file, holder)).catch(() => null);
  return last !== null && now - last.mtimeMs < silentMilliseconds;
}

async function holds(holder: Holder, taking: Taking): Promise<boolean> {
  if (holder === nobody) return false;
  if (holder.place !== undefined && holder.place !== taking.mine.place) return isHeard(holder, taking);
  if (!isAlive(holder.pid)) return false;
  const start = await processStart(holder.pid);
  return start === null || holder.start === null || start === holder.start;
}

/**
 * Takes the lock of a data directory: PGlite has none of its own, and two processes on one directory lose rows silently.
 *
 * The lock file comes into being whole, by `link(2)`, so that nobody reads half of it. A lock whose process is gone is
 * taken over; of one in another container or on another machine that is known when it has been silent for half a minute. Returns the function that gives it back.
 * @throws LaurelConfigurationError naming the holder's pid when another process has it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'laurel.lock');
  const start = await processStart(process.pid);
  const mine: Holder = { pid: process.pid, start, token: randomUUID(), place: await pidPlace() };
  const draft = `${file}.${mine.token}`;
  const taking = { file, draft, mine };
  const beat = beatOf(file, mine);
  await writeFile(draft, JSON.stringify(mine));
  await writeFile(beat, '');
  let isHeld = false;
  try {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      try {
        await link(draft, file);
        isHeld = true;
        // A directory that is gone has nobody to be shown to.
        const beating = setInterval(() => void writeFile(beat, '').catch(() => {}), beatMilliseconds);
        beating.unref();
        return async () => {
          clearInterval(beating);
          await rm(beat, { force: true });
          if ((await readHolder(file))?.token === mine.token) await rm(file, { force: true });
        };
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
      const holder = await readHolder(file);
      if (!holder) continue;
      if (await holds(holder, taking)) {
        throw new LaurelConfigurationError(
          `The data directory ${directory} is in use by process ${holder.pid}${holder.place === mine.place ? '' : ', in another container or on another machine'}. Embedded storage serves one process: stop that one, choose another directory (LAUREL_DATA_DIR), or use PostgreSQL (DATABASE_URL) for several.`,
        );
      }
      await removeStale(taking, file, holder);
    }
  } finally {
    await rm(draft, { force: true });
    if (!isHeld) await rm(beat, { force: true });
  }
  throw new LaurelConfigurationError(`The lock ${file} changes hands faster than it can be taken. Try again.`);
}

/**
 * Removes the lock of a dead process, or its claim. Only who holds the claim of that one lock may, or a slow taker would remove
 * what a faster one has put there since. While the holder of the claim lives, it is waited for.
 */
async function removeStale(taking: Taking, path: string, stale: Holder): Promise<void> {
  const { file, draft } = taking;
  const claim = `${file}.stale.${stale.token}`;
  try {
    await link(draft, claim);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    const claimer = await readHolder(claim);
    if (claimer && !(await holds(claimer, taking))) return removeStale(taking, claim, claimer);
    await sleep(waitMilliseconds);
    return;
  }
  if ((await readHolder(path))?.token === stale.token) {
    await rm(path, { force: true });
    await rm(beatOf(file, stale), { force: true });
  }
  await rm(claim, { force: true });
}
