import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { drawPositions, fromHex } from '@laurelkit/sdk/draws';
import pg from 'pg';
import type { Bench, Result } from '../harness/bench.ts';
import { benchLaurel, seedContests } from '../harness/contest.ts';
import { openDrawing } from '../harness/draw.ts';
import { median } from '../harness/interleave.ts';

const ticketsEach = 5;
const numbers = [['4', '8', '15', '16', '23', '42']];

const seconds = async (work: () => Promise<unknown> | unknown) => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

/** The entries of a contest once more, in a table with the same keys: what writing them costs alone. */
async function insertRaw(client: pg.Client, schema: string, slug: string): Promise<number> {
  const { rows } = await client.query(
    `select contest_entry.* from "${schema}".contest_entry join "${schema}".contest on contest.id = contest_id
     where slug = $1 order by participant_id`,
    [slug],
  );
  await client.query(`create table if not exists "${schema}".raw_entry (like "${schema}".contest_entry including all)`);
  const column = (name: string, from: number) => rows.slice(from, from + 10_000).map((row) => row[name]);
  return seconds(async () => {
    await client.query('begin');
    for (let from = 0; from < rows.length; from += 10_000) {
      await client.query(
        `insert into "${schema}".raw_entry
         select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[])`,
        ['contest_id', 'entry_id', 'participant_id', 'weight', 'score', 'seq'].map((name) => column(name, from)),
      );
    }
    await client.query('commit');
  });
}

/** The HMACs of all tickets, one after the other. */
async function hashAlone(client: pg.Client, schema: string, slug: string): Promise<number> {
  const { rows } = await client.query<{ id: string; weight: string; hash: string; randomness: string }>(
    `select entry_id as id, weight, commitment.hash, draw.randomness from "${schema}".contest_entry
     join "${schema}".contest on contest.id = contest_id
     join "${schema}".contest_draw draw using (contest_id)
     join "${schema}".contest_commitment commitment using (contest_id) where slug = $1`,
    [slug],
  );
  const entries = rows.map(({ id, weight }) => ({ id, weight: Number(weight) }));
  const [first] = rows;
  const chance = { salt: fromHex(first?.hash ?? ''), randomness: fromHex(first?.randomness ?? '') };
  return seconds(() => drawPositions({ ...chance, entries }));
}

const bench: Bench = {
  about: 'the end of a raffle: freezing its entrants, drawing their tickets, giving out receipts',
  needs: ['postgres'],
  headline: 'draw',
  run: async ({ short, postgresUrl, say }) => {
    const participants = short ? 1_000 : 100_000;
    const rounds = short ? 1 : 4;
    const schema = `bench_${randomUUID().slice(0, 8)}`;
    const laurel = benchLaurel(postgresUrl, schema, { background: false });
    const ends = Array.from({ length: rounds }, (_, round) => new Date(Date.now() + 86_400_000 + round * 3_600_000));
    const seedOf = (endsAt: Date, round: number) => ({
      ...{ slug: `raffle-${round}`, participants, score: String(ticketsEach) },
      contest: {
        ...{ kind: 'raffle', endsAt: endsAt.toISOString(), prizes: [{ name: 'Bike', winners: 10 }] },
        draw: { source: 'numbers', delaySeconds: 300, numbers: ['Lotto'] },
      },
    });
    say(`Seeding ${rounds} raffles of ${participants} entrants with ${participants * ticketsEach} tickets.`);
    await seedContests(laurel, postgresUrl, schema, ends.map(seedOf));
    const client = new pg.Client({ connectionString: postgresUrl });
    await client.connect();
    const keeper = openDrawing(postgresUrl, schema);
    await keeper.start(null);
    await keeper.commit(null);

    const measured: Record<'freeze' | 'insert' | 'draw' | 'hash' | 'pause' | 'first' | 'next', number>[] = [];
    for (const [round, end] of ends.entries()) {
      const contest = `raffle-${round}`;
      const due = new Date(end.getTime() + 3_000);
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const freeze = await seconds(() => keeper.freeze(due));
      await laurel.api.draws.setNumbers({ contest, numbers });
      const draw = await seconds(() => keeper.draw(due));
      delay.disable();
      const receipt = (n: number) => laurel.api.draws.receipt({ contest, participant: `person-${n}` });
      const first = await seconds(() => receipt(1));
      const times = [];
      for (let n = 2; n <= 200; n++) times.push(await seconds(() => receipt(n)));
      const insert = await insertRaw(client, schema, contest);
      const hash = await hashAlone(client, schema, contest);
      say(`Frozen in ${freeze.toFixed(2)} s, drawn in ${draw.toFixed(2)} s.`);
      // The first round of several warms up.
      if (round > 0 || rounds === 1) {
        measured.push({ freeze, insert, draw, hash, pause: delay.max / 1e6, first, next: median(times) });
      }
    }
    await keeper.close();
    await laurel.close();
    await client.query(`drop schema "${schema}" cascade`);
    await client.end();

    const of = (name: keyof (typeof measured)[number]) => median(measured.map((each) => each[name]));
    const beside = (name: string, value: number, reference: { name: string; value: number }): Result => ({
      ...{ name, value, unit: 's', reference },
      ratio: reference.value / value,
    });
    return [
      {
        ...beside('draw', of('draw'), { name: 'the HMACs alone, one thread', value: of('hash') }),
        goal: { atLeast: 0.5 },
      },
      beside('freeze', of('freeze'), { name: 'the rows of the entries alone', value: of('insert') }),
      { name: 'longest time no request was let in', value: of('pause'), unit: 'ms' },
      { name: 'first receipt, its tree grown', value: of('first'), unit: 's' },
      { name: 'every other receipt', value: of('next') * 1000, unit: 'ms' },
    ];
  },
};

export default bench;
