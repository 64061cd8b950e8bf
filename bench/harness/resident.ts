import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes of memory this process holds, once what is garbage has been let go. Needs `--expose-gc`. */
export async function residentBytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await sleep(100);
  }
  return process.memoryUsage.rss();
}

/** Nanoseconds of a clock that all processes of a machine share. */
export const sharedClock = () => Number(process.hrtime.bigint());
