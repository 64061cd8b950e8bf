import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Bench, Result } from '../harness/bench.ts';
import { callsPerSecond } from '../harness/callers.ts';
import { type House, openHouse, type Sql } from '../harness/house.ts';
import { interleave, percentile, type Variant } from '../harness/interleave.ts';
import { type Deed, deeds, rawLearning, seedLearning, tell } from '../harness/learning.ts';
import { openPostgresHouse } from '../harness/postgres.ts';

const batchSize = 256;

/** Calls of one event each, every one awaited by its caller; keeps how long each took, in milliseconds. */
function throughLaurel(house: House, callers: number, seconds: number, next: () => Deed) {
  const times: number[] = [];
  const variant: Variant = {
    name: `${callers} callers`,
    round: () =>
      callsPerSecond(callers, seconds, async () => {
        const began = performance.now();
        await tell(house, next());
        times.push(performance.now() - began);
      }),
  };
  return { variant, times };
}

/** Measures one storage: events a second, and from a call to the answer that has the new percentage. */
async function measure(on: string, house: House, run: Sql, { learners, seconds, rounds }: Size): Promise<Result[]> {
  await seedLearning(house, learners);
  const raw = await rawLearning(house, run);
  const next = deeds(learners);
  const nextRaw = deeds(learners);
  const many = throughLaurel(house, 512, seconds, next);
  const few = throughLaurel(house, 64, seconds, next);
  const one = throughLaurel(house, 1, seconds, next);
  const batches: Variant = {
    name: `raw SQL, batches of ${batchSize}`,
    round: async () =>
      batchSize * (await callsPerSecond(1, seconds, () => raw(Array.from({ length: batchSize }, nextRaw)))),
  };
  const [large = 0, small = 0, lone = 0, reference = 0] = await interleave(
    [many.variant, few.variant, one.variant, batches],
    rounds,
  );
  const unit = 'events/s';
  const latency = (name: string, times: readonly number[]): Result[] =>
    [0.5, 0.99].map((share) => ({
      ...{ name: `${on}, ${name}, call to answer, p${share * 100}`, value: percentile(times, share), unit: 'ms' },
    }));
  const beside = { name: batches.name, value: reference };
  return [
    {
      name: `${on}, 512 callers`,
      value: large,
      unit,
      reference: beside,
      ratio: large / reference,
      goal: { atLeast: 0.7 },
    },
    { name: `${on}, 64 callers`, value: small, unit, reference: beside, ratio: small / reference },
    { name: `${on}, one caller`, value: lone, unit },
    ...latency('64 callers', few.times),
    ...latency('one caller', one.times),
  ];
}

interface Size {
  learners: number;
  seconds: number;
  rounds: number;
}

const bench: Bench = {
  about:
    'progress events a second, rolled up to the course, with 100,000 enrolments; one call an event, each awaited by its caller',
  needs: ['postgres'],
  headline: 'PostgreSQL, 512 callers',
  run: async ({ short, postgresUrl }) => {
    const size = short ? { learners: 1_000, seconds: 0.2, rounds: 1 } : { learners: 100_000, seconds: 2, rounds: 5 };
    const results: Result[] = [];
    const house = await openPostgresHouse(postgresUrl, 'progress');
    try {
      results.push(...(await measure('PostgreSQL', house, house.run, size)));
    } finally {
      await house.close();
    }
    const folder = mkdtempSync(join(tmpdir(), 'laurel-bench-'));
    const pglite = await PGlite.create(join(folder, 'data'));
    const run: Sql = async (text, values) => (await pglite.query(text, values)).rows as never;
    const embedded = await openHouse({ database: pglite }, 'bench', run);
    try {
      results.push(...(await measure('PGlite', embedded, run, size)));
    } finally {
      await embedded.close();
      await pglite.close();
      rmSync(folder, { recursive: true });
    }
    return results;
  },
};

export default bench;
