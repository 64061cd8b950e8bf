/**
 * `npm run bench -- NAME`: one bench, with what it needs started and stopped. `--json` prints one JSON object, `--short`
 * only shows that the bench works; without a name, the list.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { bin, root } from './paths.mjs';
import { startPostgres } from './postgres.mjs';
import { Problem } from './problem.mjs';
import { isMain, main, run } from './process.mjs';
import { startRedis } from './redis.mjs';
import { setup } from './setup.mjs';

const folder = join(root, 'bench', 'benches');

/** Every bench's name. */
export const benchNames = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -3))
      .sort()
  : [];

/**
 * Runs a bench with everything it may ask for.
 * @param {string} name @param {string[]} flags @param {import('./process.mjs').RunOptions} [options]
 */
export async function runBench(name, flags, options = {}) {
  const { needs } = await needsOf(name);
  const postgres = needs.includes('postgres') ? await startPostgres() : null;
  const redis = needs.includes('redis') ? await startRedis() : null;
  try {
    const env = {
      ...options.env,
      DATABASE_URL: undefined,
      BENCH_POSTGRES_URL: postgres?.url,
      BENCH_REDIS_URL: redis?.url,
      PLAYWRIGHT_CHROMIUM: needs.includes('chromium') ? await findChromium() : undefined,
    };
    const command = ['--conditions=source', '--expose-gc', join(root, 'bench', 'run.ts'), name, ...flags];
    return await run(join(bin, 'node'), command, { ...options, env });
  } finally {
    await redis?.stop();
    await postgres?.stop();
  }
}

/** What a bench asks for, asked of the bench itself by the Node that can read it. @param {string} name */
async function needsOf(name) {
  const code = `import(${JSON.stringify(join(folder, `${name}.ts`))}).then(({ default: bench }) => console.log(JSON.stringify({ needs: bench.needs })))`;
  const { output } = await run(join(bin, 'node'), ['--conditions=source', '--input-type=module', '-e', code], {
    capture: true,
  });
  const line = output.split('\n').find((each) => each.startsWith('{"needs"'));
  if (!line) throw new Problem(`The bench ${name} cannot be read:\n${output}`);
  return /** @type {{ needs: string[] }} */ (JSON.parse(line));
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const [name] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
    if (!name) {
      console.log(`Say which: npm run bench -- NAME [--json] [--short]\n\n${benchNames.join('\n')}`);
      return 0;
    }
    if (!benchNames.includes(name)) throw new Problem(`There is no bench ${name}. There is: ${benchNames.join(', ')}`);
    await setup();
    const { code } = await runBench(
      name,
      process.argv.filter((word) => word === '--json' || word === '--short'),
    );
    return code;
  });
}
