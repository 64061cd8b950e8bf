import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { channelOf } from '../../packages/server-adapter/src/bus.ts';
import { boardsReached, sequencePoints, signal } from '../../packages/server-adapter/src/ledger/sequence.ts';
import type { Bench, BenchContext } from '../harness/bench.ts';
import { benchLaurel, manyScores, participantId, seedContests } from '../harness/contest.ts';
import { percentile } from '../harness/interleave.ts';

const batchSize = 100;

/** The statement that numbers points for conversions, with points given as arrays: the API in front of it is not measured. */
const statement = (schema: string) => `with points as (
  select ord, $1::uuid as contest_id, id as participant_id, 1::bigint as points, cause, now() as occurred_at
  from unnest($2::uuid[], $3::text[]) with ordinality as each(id, cause, ord)
), ${sequencePoints(`"${schema}"`)},
told as (select ${boardsReached} as message),
${signal('told', '$4')}
select (select max(seq) from last)::text as seq, (select count(*) from signalled) as notified`;

const heard = <Message>(child: ChildProcess) =>
  new Promise<Message>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('exit', (code) => reject(new Error(`The follower ended with ${code}.`)));
  });

/** Writes `rate` points a second for so many seconds; answers when each batch's last number was committed. */
async function write(
  context: BenchContext,
  schema: string,
  contestId: string,
  size: number,
  rate: number,
  seconds: number,
) {
  const client = new pg.Client({ connectionString: context.postgresUrl });
  await client.connect();
  const text = statement(schema);
  const committed: [number, number][] = [];
  const batches = (rate * seconds) / batchSize;
  const began = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    const due = began + (batch * batchSize * 1000) / rate;
    if (due > performance.now())
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const numbers = Array.from({ length: batchSize }, (_, index) => batch * batchSize + index);
    const ids = numbers.map((number) => participantId(1 + ((number * 48_271) % size)));
    const values = [contestId, ids, numbers.map((number) => `bench:${number}`), channelOf(schema)];
    const { rows } = await client.query<{ seq: string }>({ name: 'bench_points', text, values });
    committed.push([Number(rows[0]?.seq), performance.timeOrigin + performance.now()]);
  }
  const rateReached = (batches * batchSize * 1000) / (performance.now() - began);
  await client.end();
  return { committed, rateReached };
}

/** How long after each commit the follower was first seen at its number or beyond, in milliseconds. */
function lags(committed: readonly [number, number][], seen: readonly [number, number][]): number[] {
  let next = 0;
  return committed.map(([seq, at]) => {
    while (next < seen.length && (seen[next]?.[0] ?? 0) < seq) next += 1;
    return Math.max(0, (seen[next]?.[1] ?? Number.POSITIVE_INFINITY) - at);
  });
}

const bench: Bench = {
  about: 'how far a second node, in a process of its own, is behind the commits',
  needs: ['postgres'],
  headline: 'lag, p99',
  run: async (context) => {
    const { postgresUrl, short, say } = context;
    const [size, rate, seconds] = short ? [1000, 1000, 1] : [1_000_000, 10_000, 20];
    const schema = `bench_${randomUUID().slice(0, 8)}`;
    const laurel = benchLaurel(postgresUrl, schema, { background: false });
    say(`Seeding ${size} participants.`);
    await seedContests(laurel, postgresUrl, schema, [{ slug: 'followed', participants: size, score: manyScores }]);
    const { id } = await laurel.api.contests.get({ contest: 'followed' });
    await laurel.close();

    const child = fork(fileURLToPath(new URL('../harness/follower.ts', import.meta.url)), {
      execArgv: ['--conditions=source'],
      env: { ...process.env, FOLLOWER_URL: postgresUrl, FOLLOWER_SCHEMA: schema, FOLLOWER_CONTEST: 'followed' },
    });
    const { held } = await heard<{ held: number }>(child);
    say(`The follower has loaded the board in ${Math.round(held)} ms. Writing for ${seconds} s.`);
    const { committed, rateReached } = await write(context, schema, id, size, rate, seconds);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.send('enough');
    const { seen, fromMemory } = await heard<{ seen: [number, number][]; fromMemory: number }>(child);
    const behind = lags(committed, seen);
    return [
      { name: 'lag, p99', value: percentile(behind, 0.99), unit: 'ms', goal: { atMost: 50 } },
      { name: 'lag, p50', value: percentile(behind, 0.5), unit: 'ms' },
      { name: 'lag, most', value: Math.max(...behind), unit: 'ms' },
      { name: 'points written', value: rateReached, unit: '/s' },
      { name: 'reads of the follower from memory', value: fromMemory * 100, unit: '%' },
      { name: 'loading', value: held, unit: 'ms' },
    ];
  },
};

export default bench;
