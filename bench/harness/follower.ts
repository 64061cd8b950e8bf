/**
 * A node that follows a contest, for the bench of that name: reads the board every millisecond and notes when its
 * sequence number was first seen. Environment: `FOLLOWER_URL`, `FOLLOWER_SCHEMA`, `FOLLOWER_CONTEST`. Says `held` when the
 * board is in memory; asked for anything, it answers `[sequence number, epoch milliseconds][]` and ends.
 */
import { benchLaurel, heldReads, untilHeld } from './contest.ts';

const { FOLLOWER_URL = '', FOLLOWER_SCHEMA = '', FOLLOWER_CONTEST = '' } = process.env;
const laurel = benchLaurel(FOLLOWER_URL, FOLLOWER_SCHEMA);
const loaded = await untilHeld(laurel, FOLLOWER_CONTEST);
process.send?.({ held: loaded });

const seen: [number, number][] = [];
let going = true;
process.once('message', () => {
  going = false;
});
const before = await heldReads(laurel);
let reads = 0;
while (going) {
  const { seq } = await laurel.api.leaderboards.list({ contest: FOLLOWER_CONTEST, limit: 1 });
  reads += 1;
  if (seq !== seen.at(-1)?.[0]) seen.push([seq, performance.timeOrigin + performance.now()]);
  await new Promise((resolve) => setTimeout(resolve, 1));
}
process.send?.({ seen, fromMemory: ((await heldReads(laurel)) - before) / reads });
await laurel.close();
process.disconnect?.();
