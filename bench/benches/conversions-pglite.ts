import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Bench } from '../harness/bench.ts';
import { callsPerSecond } from '../harness/callers.ts';
import { openHouse, type Sql, seedReferrals } from '../harness/house.ts';
import { interleave } from '../harness/interleave.ts';
import { rawTables } from '../harness/raw.ts';
import { throughLaurel } from './conversions.ts';

const bench: Bench = {
  about: 'conversions a second on embedded storage (PGlite, on disk)',
  needs: [],
  run: async ({ short }) => {
    const seconds = short ? 0.2 : 2;
    const folder = mkdtempSync(join(tmpdir(), 'laurel-bench-'));
    const pglite = await PGlite.create(join(folder, 'data'));
    const run: Sql = async (text, values) => (await pglite.query(text, values)).rows as never;
    const house = await openHouse({ database: pglite }, 'bench', run);
    try {
      await seedReferrals(house, 2_000, 20_000);
      const raw = await rawTables(house, run);
      const batches = (size: number) => ({
        name: `raw SQL, batches of ${size}`,
        round: async () => size * (await callsPerSecond(1, seconds, () => raw.batch(size))),
      });
      const [many = 0, few = 0, large = 0, small = 0] = await interleave(
        [throughLaurel(house, 512, seconds, 'm'), throughLaurel(house, 64, seconds, 'f'), batches(256), batches(64)],
        short ? 1 : 5,
      );
      const line = (name: string, value: number, reference: { name: string; value: number }) => ({
        name,
        value,
        unit: 'conversions/s',
        reference,
        ratio: value / reference.value,
        goal: { atLeast: 0.7 },
      });
      return [
        line('512 callers', many, { name: 'raw SQL, batches of 256', value: large }),
        line('64 callers', few, { name: 'raw SQL, batches of 64', value: small }),
      ];
    } finally {
      await house.close();
      await pglite.close();
      rmSync(folder, { recursive: true });
    }
  },
};

export default bench;
