import pg from 'pg';
import type { Bench } from '../harness/bench.ts';
import { callsPerSecond } from '../harness/callers.ts';
import { seedReferrals } from '../harness/house.ts';
import { interleave } from '../harness/interleave.ts';
import { openPostgresHouse } from '../harness/postgres.ts';
import { rawTables } from '../harness/raw.ts';

const referees = 2_000;

const bench: Bench = {
  about: 'every conversion credits one and the same participant, on PostgreSQL',
  needs: ['postgres'],
  run: async ({ short, postgresUrl }) => {
    const seconds = short ? 0.2 : 2;
    const house = await openPostgresHouse(postgresUrl, 'hot');
    const pool = new pg.Pool({ connectionString: postgresUrl, max: 64 });
    try {
      await seedReferrals(house, 1, referees);
      const raw = await rawTables(house, house.run);
      let turn = 0;
      const naive = async () => {
        const index = turn++;
        const client = await pool.connect();
        try {
          await client.query('begin');
          for (const { text, values } of raw.three(`n${index}`, index)) await client.query(text, values);
          await client.query('commit');
        } finally {
          client.release();
        }
      };
      const grouped = (call: number) =>
        house.laurel.api.conversions.create({
          program: 'friends',
          participant: `e${1 + (call % referees)}`,
          event: 'purchase',
          idempotencyKey: `g${turn++}`,
        });
      const [ours = 0, theirs = 0] = await interleave(
        [
          { name: '512 callers', round: () => callsPerSecond(512, seconds, grouped) },
          { name: 'naive', round: () => callsPerSecond(64, seconds, naive) },
        ],
        short ? 1 : 5,
      );
      return [
        {
          name: '512 callers, one participant',
          value: ours,
          unit: 'conversions/s',
          reference: { name: 'a transaction of 3 statements each, 64 connections', value: theirs },
          ratio: ours / theirs,
          goal: { atLeast: 20 },
        },
      ];
    } finally {
      await pool.end();
      await house.close();
    }
  },
};

export default bench;
