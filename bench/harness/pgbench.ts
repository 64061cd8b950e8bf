import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where PostgreSQL's own `pgbench` is on this machine, or `null`. */
export function findPgbench(): string | null {
  const folder = '/usr/lib/postgresql';
  const versions = spawnSync('ls', [folder], { encoding: 'utf8' }).status === 0 ? readdirSync(folder) : [];
  const candidates = ['pgbench', ...versions.map((version) => join(folder, version, 'bin', 'pgbench'))];
  return candidates.find((each) => spawnSync(each, ['--version']).status === 0) ?? null;
}

/**
 * Transactions a second of a script, 64 clients on 2 threads, statements prepared.
 * @param seconds - whole seconds
 */
export async function pgbench(program: string, url: string, script: string, seconds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-pgbench-'));
  try {
    const file = join(folder, 'script.sql');
    writeFileSync(file, script);
    const flags = ['--no-vacuum', '--client=64', '--jobs=2', '--protocol=prepared', `--time=${seconds}`];
    const { stdout } = await run(program, [...flags, `--file=${file}`, url]);
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
