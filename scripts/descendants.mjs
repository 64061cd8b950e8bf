import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Every process with its parent. @returns {[pid: number, parent: number][]} */
function processes() {
  if (!existsSync('/proc/self/stat')) {
    const lines = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout?.trim().split('\n') ?? [];
    return lines.map((line) => line.trim().split(/\s+/).map(Number)).map(([pid = 0, parent = 0]) => [pid, parent]);
  }
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // "pid (name) state parent …", where the name may hold anything.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return [[Number(name), Number(parent)]];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}

/** What a process has started, and what that has started. @param {number} ancestor @returns {number[]} */
export function descendants(ancestor) {
  const all = processes();
  const found = [ancestor];
  for (const pid of found) for (const [child, parent] of all) if (parent === pid) found.push(child);
  return found.slice(1);
}
