import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Result } from '../harness/bench.ts';
import { startChild, stopChildren } from '../harness/child.ts';
import type { ColdAnswer, ColdQuestion } from '../harness/cold-start.ts';
import { interleave, median } from '../harness/interleave.ts';

const bench: Bench = {
  about:
    'createLaurel() to the first answer, and memory at rest, in a new process each time; modules are loaded before',
  needs: ['postgres'],

  run: async ({ short, postgresUrl }) => {
    const rounds = short ? 1 : 5;
    const folder = await mkdtemp(join(tmpdir(), 'laurel-cold-'));
    const rest = { embedded: [] as number[], postgres: [] as number[] };
    let made = 0;
    const start = async (question: ColdQuestion) => {
      const child = await startChild('./cold-start.ts');
      const { milliseconds, restBytes } = await child.ask<ColdAnswer>(question);
      await child.stop();
      rest['dataDir' in question ? 'embedded' : 'postgres'].push(restBytes);
      return milliseconds;
    };
    const onPostgres = (schema: string) => start({ database: postgresUrl, schema });
    try {
      // The warm ones find what their warming round left behind.
      const variants = [
        { name: 'embedded, new folder', round: () => start({ dataDir: join(folder, `new-${made++}`) }) },
        { name: 'embedded, folder there', round: () => start({ dataDir: join(folder, 'kept') }) },
        { name: 'PostgreSQL, new schema', round: () => onPostgres(`bench_cold_${made++}`) },
        { name: 'PostgreSQL, schema there', round: () => onPostgres('bench_cold_kept') },
      ];
      const times = await interleave(variants, rounds);
      const results: Result[] = variants.map(({ name }, index) => ({
        name: `first answer, ${name}`,
        value: times[index] ?? Number.NaN,
        unit: 'ms',
      }));
      for (const [name, values] of [
        ['embedded', rest.embedded],
        ['PostgreSQL', rest.postgres],
      ] as const)
        results.push({ name: `memory at rest, ${name}`, value: median(values) / 1e6, unit: 'MB' });
      return results;
    } finally {
      await stopChildren();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

export default bench;
