import type { Bench, Result } from '../harness/bench.ts';
import { callsPerSecond } from '../harness/callers.ts';
import { type House, seedReferrals } from '../harness/house.ts';
import { interleave, type Variant } from '../harness/interleave.ts';
import { findPgbench, pgbench } from '../harness/pgbench.ts';
import { openPostgresHouse } from '../harness/postgres.ts';
import { rawTables } from '../harness/raw.ts';

const referees = 20_000;

/** Conversions a second through the in-process API, each awaited by its caller. */
export const throughLaurel = (house: House, callers: number, seconds: number, prefix: string): Variant => {
  let calls = 0;
  return {
    name: `${callers} callers`,
    round: () =>
      callsPerSecond(callers, seconds, () => {
        const turn = calls++;
        return house.laurel.api.conversions.create({
          program: 'friends',
          participant: `e${1 + ((turn * 7919) % referees)}`,
          event: 'purchase',
          idempotencyKey: `${prefix}${turn}`,
        });
      }),
  };
};

const bench: Bench = {
  about: 'durable conversions a second on PostgreSQL, each awaited by its caller',
  needs: ['postgres'],
  headline: '512 callers',
  run: async ({ short, postgresUrl, say }) => {
    const seconds = short ? 0.2 : 2;
    const house = await openPostgresHouse(postgresUrl, 'conversions');
    try {
      await seedReferrals(house, 2_000, referees);
      const raw = await rawTables(house, house.run);
      const program = findPgbench();
      if (!program) say('pgbench is not on this machine: its line is left out.');
      const pick = `\\set n random(1, ${referees})\n`;
      const script = `${pick}begin;
insert into ${raw.schema}.conversion (id, program_id, participant_id, referrer_id, event, idempotency_key, fingerprint) select gen_random_uuid(), program_id, referee_id, referrer_id, 'purchase', gen_random_uuid()::text, '' from ${raw.schema}.referee where n = :n;
insert into ${raw.schema}.standing as standing select (select id from ${raw.schema}.contest), '-infinity', referrer_id, 1, 1 from ${raw.schema}.referee where n = :n on conflict (contest_id, period_start, participant_id) do update set score = standing.score + 1;
insert into ${raw.schema}.plain_ledger (participant_id, points, cause) select referrer_id, 1, gen_random_uuid()::text from ${raw.schema}.referee where n = :n;
commit;
`;
      await house.run(
        `create table ${raw.schema}.referee as select row_number() over ()::int as n, program_id, referee_id, referrer_id from "${house.schema}".referral`,
      );
      await house.run(`alter table ${raw.schema}.referee add primary key (n)`);
      const rawBatches: Variant = {
        name: 'raw SQL, batches of 64, one connection',
        round: async () => 64 * (await callsPerSecond(1, seconds, () => raw.batch(64))),
      };
      const variants = [
        throughLaurel(house, 1, seconds, 'a'),
        throughLaurel(house, 64, seconds, 'b'),
        throughLaurel(house, 512, seconds, 'c'),
        rawBatches,
        ...(program
          ? [
              {
                name: 'pgbench, 3 statements, 64 clients',
                round: () => pgbench(program, postgresUrl, script, Math.ceil(seconds)),
              },
            ]
          : []),
      ];
      const [one = 0, few = 0, many = 0, batches = 0, three] = await interleave(variants, short ? 1 : 7);
      const reference = { name: rawBatches.name, value: batches };
      const unit = 'conversions/s';
      const line = (name: string, value: number): Result => ({
        name,
        value,
        unit,
        reference,
        ratio: value / batches,
        goal: { atLeast: 0.75 },
      });
      const beside = (name: string, value: number): Result[] =>
        three === undefined
          ? []
          : [
              {
                name: `${name}, beside pgbench`,
                value,
                unit,
                reference: { name: 'pgbench, 3 statements, 64 clients', value: three },
                ratio: value / three,
                goal: { atLeast: 3 },
              },
            ];
      return [
        line('512 callers', many),
        line('64 callers', few),
        ...beside('512 callers', many),
        ...beside('64 callers', few),
        { name: 'one caller', value: one, unit },
      ];
    } finally {
      await house.close();
    }
  },
};

export default bench;
