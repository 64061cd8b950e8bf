import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { databaseOn } from '../../packages/server-adapter/src/db/database.ts';
import { openPool, postgresStorage } from '../../packages/server-adapter/src/db/postgres.ts';
import { findContest } from '../../packages/server-adapter/src/db/references.ts';
import { createBoardReader } from '../../packages/server-adapter/src/leaderboards/board.ts';
import { createBoardSource } from '../../packages/server-adapter/src/leaderboards/board-source.ts';
import { createHeldBoards } from '../../packages/server-adapter/src/leaderboards/held-boards.ts';
import type { Bench, BenchContext, Result } from '../harness/bench.ts';
import { benchLaurel, manyScores, participantId, seedContests } from '../harness/contest.ts';
import { latencies, type Question } from '../harness/latency.ts';

type Redis = ReturnType<typeof createClient>;

/** Redis answers rows around a member in one call only by a script. */
const aroundScript = `local rank = redis.call('zrevrank', KEYS[1], ARGV[1])
return redis.call('zrange', KEYS[1], math.max(0, rank - 5), rank + 5, 'rev', 'withscores')`;

async function measure(context: BenchContext, url: string, schema: string, size: number): Promise<Result[]> {
  const storage = postgresStorage(openPool(url), { own: true });
  const database = databaseOn(storage, schema);
  const boards = createHeldBoards({
    database,
    source: createBoardSource(storage, schema),
    isHearing: () => true,
    onFailure: (error) => context.say(String(error)),
  });
  // As a node does it beside its requests.
  const sweep = setInterval(() => void boards.sweep(), 2000);
  let held = false;
  const reader = createBoardReader(Buffer.alloc(32), boards, (source) => {
    held = source === 'held';
  });
  const here = { database, reads: database, now: null, enlisted: false };
  const contest = await findContest(database, `of-${size}`, here);
  const began = performance.now();
  while (!held) {
    await reader.page(here, contest, 'all', null, 1);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const loaded = performance.now() - began;
  const board = (await boards.open(contest.id, 'all', here))?.board;
  if (!board) throw new Error('The board left memory.');
  const { ranking } = board;

  // Ids as callers have them: making the text is not part of asking.
  const ids = Array.from({ length: Math.min(size, 50_000) }, (_, index) =>
    participantId(1 + ((index * 48_271) % size)),
  );
  const pick = (call: number) => ids[call % ids.length] ?? '';
  const few = (call: number) => pick(call % 5000);
  const calls = context.short ? 200 : 5000;
  const questions: Question[] = [
    { name: 'rank', calls, ask: (call) => ranking.place(pick(call)) },
    {
      name: 'around ±5',
      calls,
      ask: (call) => {
        const first = Math.max(0, (ranking.place(pick(call))?.ordinal ?? 0) - 6);
        return ranking.stretch(first, 11);
      },
    },
    { name: 'top 10', calls, ask: () => ranking.stretch(0, 10) },
    {
      name: 'rank with name, through the reader',
      calls,
      ask: (call) => reader.around(here, contest, 'all', few(call), 0),
    },
    {
      name: 'around ±5 with names, through the reader',
      calls,
      ask: () => reader.around(here, contest, 'all', few(3), 5),
    },
    {
      name: 'page of 10 with names, through the reader',
      calls,
      ask: () => reader.page(here, contest, 'all', null, 10),
    },
    {
      name: 'SQL count(*) of higher scores',
      calls: context.short ? 10 : 40,
      ask: (call) =>
        database.query(
          `select count(*) from ${database.schema}.standing where contest_id = $1 and period_start = '-infinity'
           and score > (select score from ${database.schema}.standing
             where contest_id = $1 and period_start = '-infinity' and participant_id = $2)`,
          [contest.id, pick(call)],
          'bench_count',
        ),
    },
  ];
  const redis = context.redisUrl ? await fillRedis(context.redisUrl, size, ranking) : null;
  if (redis) {
    const zset = `of-${size}`;
    questions.push(
      { name: 'Redis ZREVRANK', calls: calls / 5, ask: (call) => redis.zRevRank(zset, pick(call)) },
      {
        name: 'Redis around ±5',
        calls: calls / 5,
        ask: (call) => redis.eval(aroundScript, { keys: [zset], arguments: [pick(call)] }),
      },
      { name: 'Redis top 10', calls: calls / 5, ask: () => redis.zRangeWithScores(zset, 0, 9, { REV: true }) },
    );
  } else context.say('There is no redis-server: nothing is compared with Redis.');

  const times = await latencies(questions, context.short ? 1 : 5);
  clearInterval(sweep);
  await redis?.close();
  await boards.close();
  await storage.close();
  return results(size, questions, times, loaded, ranking.bytes / size);
}

function results(
  size: number,
  questions: readonly Question[],
  times: readonly { p50: number; p99: number }[],
  loaded: number,
  bytes: number,
): Result[] {
  const p50 = (name: string) => times[questions.findIndex((each) => each.name === name)]?.p50;
  const references: Record<string, string> = {
    rank: 'Redis ZREVRANK',
    'around ±5': 'Redis around ±5',
    'top 10': 'Redis top 10',
  };
  const lines = questions.flatMap(({ name }, index): Result[] => {
    const time = times[index] ?? { p50: Number.NaN, p99: Number.NaN };
    const value = time.p50;
    const line: Result = { name: `${name}, ${size.toLocaleString('en')}, p50`, value, unit: 'µs' };
    const other = p50(references[name] ?? '');
    if (other !== undefined) {
      line.reference = { name: references[name] ?? '', value: other };
      line.ratio = other / value;
      if (name === 'rank' && size === 1_000_000) line.goal = { atLeast: 10 };
    }
    const slow: Result = { name: `${name}, ${size.toLocaleString('en')}, p99`, value: time.p99, unit: 'µs' };
    if (name === 'rank' && size === 1_000_000) slow.goal = { atMost: 50 };
    return [line, slow];
  });
  return [
    ...lines,
    { name: `loading, ${size.toLocaleString('en')}`, value: loaded, unit: 'ms' },
    { name: `memory, ${size.toLocaleString('en')}`, value: bytes, unit: 'bytes each' },
  ];
}

async function fillRedis(url: string, size: number, ranking: { find(id: string): { score: number } | null }) {
  const redis: Redis = createClient({ socket: { path: url.replace(/^unix:\/\//, ''), tls: false } });
  await redis.connect();
  for (let from = 1; from <= size; from += 5000) {
    const ids = Array.from({ length: Math.min(5000, size - from + 1) }, (_, index) => participantId(from + index));
    await redis.zAdd(
      `of-${size}`,
      ids.map((value) => ({ value, score: ranking.find(value)?.score ?? 0 })),
    );
  }
  return redis;
}

const bench: Bench = {
  about: 'my rank, the rows around me and the top ten, from a board in memory',
  needs: ['postgres', 'redis'],
  headline: 'rank, 1,000,000, p50',
  run: async (context) => {
    const sizes = context.short ? [1000] : [10_000, 100_000, 1_000_000];
    const schema = `bench_${randomUUID().slice(0, 8)}`;
    const laurel = benchLaurel(context.postgresUrl, schema);
    context.say(`Seeding ${Math.max(...sizes)} participants.`);
    const seeds = sizes.map((participants) => ({ slug: `of-${participants}`, participants, score: manyScores }));
    await seedContests(laurel, context.postgresUrl, schema, seeds);
    await laurel.close();
    const lines: Result[] = [];
    for (const size of sizes) {
      context.say(`Measuring ${size}.`);
      lines.push(...(await measure(context, context.postgresUrl, schema, size)));
    }
    return lines;
  },
};

export default bench;
