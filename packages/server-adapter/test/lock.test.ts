import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockDirectory } from '../src/db/lock.ts';

/** A process that takes the lock, says so, and holds it until it is killed. */
async function holderOf(directory: string) {
  const code = `const { lockDirectory } = await import(${JSON.stringify(new URL('../src/db/lock.ts', import.meta.url).href)});
    try { await lockDirectory(${JSON.stringify(directory)}); console.log('held'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.message); }`;
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, says: String(line).trim() };
}

async function kill(child: { kill(signal: 'SIGKILL'): boolean } & NodeJS.EventEmitter) {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('the lock of a data directory', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'laurel-lock-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('refuses a second opener in the same process and names the holder’s pid', async () => {
    const unlock = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${process.pid}`);
    await unlock();
    await (await lockDirectory(directory))();
  });

  it('refuses another process, and is taken over once the holder is dead', async () => {
    const { child, says } = await holderOf(directory);
    expect(says).toBe('held');
    await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${child.pid}`);
    await kill(child);
    await (await lockDirectory(directory))();
  });

  it('lets exactly one of several processes take over from a dead one', async () => {
    const { child } = await holderOf(directory);
    await kill(child);
    const takers = await Promise.all([1, 2, 3, 4].map(() => holderOf(directory)));
    expect(takers.filter(({ says }) => says === 'held')).toHaveLength(1);
    for (const taker of takers) {
      expect(taker.says).toMatch(/^held$|in use by process \d+/);
      if (taker.child.exitCode === null) await kill(taker.child);
    }
  });

  it('is not fooled by a pid that now belongs to somebody else', async () => {
    await (await lockDirectory(directory))();
    await writeFile(join(directory, 'laurel.lock'), JSON.stringify({ pid: process.pid, start: '1', token: 'old' }));
    await (await lockDirectory(directory))();
  });

  describe('of a process in another container', () => {
    const lock = () => join(directory, 'laurel.lock');
    const beat = () => `${lock()}.theirs.beat`;
    // By its pid it would be taken for dead: there is no such process here.
    const theirs = { pid: 4_194_304, start: '1', token: 'theirs', place: 'elsewhere' };

    it('is left to it as long as it shows that it lives', async () => {
      await writeFile(lock(), JSON.stringify(theirs));
      await writeFile(beat(), '');
      await expect(lockDirectory(directory)).rejects.toThrow(
        'in use by process 4194304, in another container or on another machine',
      );
      await utimes(beat(), new Date(), new Date(Date.now() - 29_000));
      await expect(lockDirectory(directory)).rejects.toThrow('in use');
    });

    it('is taken over when it has been silent for half a minute', async () => {
      await utimes(beat(), new Date(), new Date(Date.now() - 31_000));
      await (await lockDirectory(directory))();
    });

    it('shows to others that it lives', async () => {
      const unlock = await lockDirectory(directory);
      const { token, place } = JSON.parse(await readFile(lock(), 'utf8'));
      expect(place).toMatch(/./);
      expect(await readdir(directory)).toContain(`laurel.lock.${token}.beat`);
      await unlock();
    });
  });

  describe('of a dead process', () => {
    const lock = () => join(directory, 'laurel.lock');
    const claim = () => `${lock()}.stale.old`;
    const write = (file: string, holder: { pid: number; start: string | null; token: string }) =>
      writeFile(file, JSON.stringify(holder));
    /** Reads as a process that is gone. */
    const dead = { pid: process.pid, start: '1' };

    it('is left to the process that is taking it over', async () => {
      await write(lock(), { ...dead, token: 'old' });
      await write(claim(), { pid: process.pid, start: null, token: 'other' });
      const taking = lockDirectory(directory);
      // Time to take it, if it does not wait.
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(JSON.parse(await readFile(lock(), 'utf8'))).toMatchObject({ token: 'old' });
      expect(JSON.parse(await readFile(claim(), 'utf8'))).toMatchObject({ token: 'other' });
      await rm(lock());
      await rm(claim());
      await (await taking)();
    });

    it('is taken over though another died while it did so', async () => {
      await write(lock(), { ...dead, token: 'old' });
      await write(claim(), { ...dead, token: 'other' });
      await (await lockDirectory(directory))();
    });

    it('is taken over though it is half of a lock', async () => {
      await writeFile(lock(), '{"pid":');
      await (await lockDirectory(directory))();
    });
  });

  it('leaves nothing of its own behind', async () => {
    expect((await readdir(directory)).filter((name) => name !== 'pglite')).toEqual([]);
  });
});
