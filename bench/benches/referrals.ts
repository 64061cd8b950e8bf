import type { Bench, Result } from '../harness/bench.ts';
import { median } from '../harness/interleave.ts';
import { liveMonth } from '../harness/month.ts';
import { openPostgresHouse } from '../harness/postgres.ts';
import { rawCopy } from '../harness/raw-copy.ts';

const callers = 64;

const bench: Bench = {
  about:
    'a month of a programme with 100,000 participants: clicks, sign-ups, purchases, refunds, rewards on both sides',
  needs: ['postgres'],
  run: async ({ short, postgresUrl, say }) => {
    const participants = short ? 1_200 : 100_000;
    const rounds = short ? 2 : 6;
    const house = await openPostgresHouse(postgresUrl, 'referrals');
    try {
      await house.laurel.api.programs.update({ program: 'friends', qualifyingEvents: ['purchase'] });
      for (const to of ['referrer', 'referee'] as const) {
        await house.laurel.api.rewardRules.create({
          program: 'friends',
          slug: `five-for-${to}`,
          name: 'Five euros',
          definition: {
            to,
            on: 'qualified',
            value: { kind: 'money', minor: 500, currency: 'EUR' },
            caps: { perMonth: 20 },
          },
        });
      }
      const raw = await rawCopy(house.schema, house.run);
      const waiting = async () => {
        const [row] = await house.sql<{ rows: string }>('select count(*) as rows from $schema.referral_intake');
        return Number(row?.rows);
      };
      const codes = new Map<number, string>();
      const measured: { api: number; settled: number; raw: number; rows: number }[] = [];
      for (let round = 0; round < rounds; round++) {
        const share = Math.ceil(participants / rounds / 100) * 100;
        const began = performance.now();
        const calls = await liveMonth(house.laurel, codes, { from: round * share, to: (round + 1) * share, callers });
        const answered = (performance.now() - began) / 1000;
        while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
        const settled = (performance.now() - began) / 1000;
        const { seconds, rows } = await raw.write();
        say(
          `${calls} calls in ${answered.toFixed(1)} s, settled after ${settled.toFixed(1)} s; ${rows} rows by raw SQL in ${seconds.toFixed(1)} s.`,
        );
        // The first round warms up.
        if (round > 0)
          measured.push({
            api: calls / answered,
            settled: calls / settled,
            raw: calls / seconds,
            rows: rows / seconds,
          });
      }
      const reference = {
        name: 'the same rows by raw SQL, batches of 64',
        value: median(measured.map((each) => each.raw)),
      };
      const line = (name: string, value: number): Result => ({
        name,
        value,
        unit: 'events/s',
        reference,
        ratio: value / reference.value,
      });
      return [
        line('through the API, everything settled', median(measured.map((each) => each.settled))),
        line('through the API, answered', median(measured.map((each) => each.api))),
        { name: 'rows by raw SQL', value: median(measured.map((each) => each.rows)), unit: 'rows/s' },
      ];
    } finally {
      await house.close();
    }
  },
};

export default bench;
