/** Runs one bench and prints what it measured: `node run.ts NAME [--json] [--short]`. */
import type { Bench } from './harness/bench.ts';
import { machineLine, reportJson, reportTable } from './harness/report.ts';

const [name = ''] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const short = process.argv.includes('--short');
const json = process.argv.includes('--json');

const { default: bench } = (await import(`./benches/${name}.ts`)) as { default: Bench };
const results = await bench.run({
  short,
  postgresUrl: process.env.BENCH_POSTGRES_URL ?? '',
  redisUrl: process.env.BENCH_REDIS_URL || null,
  chromium: process.env.PLAYWRIGHT_CHROMIUM ?? '',
  say: (text) => console.error(text),
});

if (json) {
  console.log(JSON.stringify(reportJson(name, bench, results)));
} else {
  console.log(`\n${name}: ${bench.about}\n\n${reportTable(results)}\n\n${machineLine()}`);
  if (short) console.log('Short form: it shows that the bench works, not how fast anything is.');
}
process.exit(0);
