import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { benchNames, runBench } from './bench.mjs';
import { findChromium } from './chromium.mjs';
import { root, tools } from './paths.mjs';
import { startPostgres } from './postgres.mjs';
import { provideRedis } from './redis.mjs';
import { playwright, vitest } from './reporters.mjs';
import { oneFailed, onePassed, sum } from './tally.mjs';

/** @typedef {{ name: string, about: string, needs?: string, run: () => Promise<import('./tally.mjs').Tally> }} Suite */

/** The tests choose where they run by these names, and must not find what the developer's shell has set. */
const onPGlite = { LAUREL_TEST_DATABASE_URL: undefined, DATABASE_URL: undefined };

/** The server's tests start the command and hosts of their own from source, many times: Node keeps what it made of it. */
const compiled = { NODE_COMPILE_CACHE: join(tools, 'compiled') };

/** @param {string} config */
const inBrowser = (config) => async () =>
  playwright(config, { env: { ...onPGlite, PLAYWRIGHT_CHROMIUM: await findChromium() } });

/** @param {string} name @returns {Promise<import('./tally.mjs').Tally>} */
async function benchWorks(name) {
  const { code, output } = await runBench(name, ['--json', '--short'], { capture: true });
  const line = output.split('\n').find((each) => each.startsWith('{"bench"'));
  const { results = [] } = line ? JSON.parse(line) : {};
  const works = code === 0 && results.length > 0 && results.every(({ value = Number.NaN }) => Number.isFinite(value));
  console.log(works ? `✓ ${name}` : `✗ ${name}\n${output}`);
  return works ? onePassed : { ...oneFailed, failures: [`bench ${name}`] };
}

/** @type {Suite[]} */
const all = [
  { name: 'scripts', about: 'imports between packages and modules, links', run: () => vitest('scripts') },
  { name: 'sdk', about: 'packages/sdk', run: () => vitest('packages/sdk') },
  { name: 'widget', about: 'packages/widget, without a browser', run: () => vitest('packages/widget') },
  {
    name: 'server',
    about:
      'packages/server-adapter, on PGlite; what takes two connections is skipped here, and run by the suite postgres',
    run: () => vitest('packages/server-adapter', { env: { ...onPGlite, ...compiled } }),
  },
  {
    name: 'postgres',
    about:
      'the journeys of packages/server-adapter, on PostgreSQL 18 and Redis; what is of PGlite alone is skipped here',
    run: async () => {
      await provideRedis();
      const { url, stop } = await startPostgres();
      try {
        const env = { ...compiled, DATABASE_URL: undefined, LAUREL_TEST_DATABASE_URL: url };
        return await vitest('packages/server-adapter', { filters: ['test/'], env });
      } finally {
        await stop();
      }
    },
  },
  { name: 'pack', about: 'the packed packages in a fresh project', run: () => vitest('e2e/pack', { env: onPGlite }) },
  {
    name: 'widget-browser',
    about: 'packages/widget in Chromium',
    needs: 'packages/widget/playwright.config.ts',
    run: inBrowser('packages/widget/playwright.config.ts'),
  },
  {
    name: 'browser',
    about: 'everything together in Chromium',
    needs: 'e2e/playwright.config.ts',
    run: inBrowser('e2e/playwright.config.ts'),
  },
  {
    name: 'bench',
    about: 'every bench in its short form: that it works, not how fast anything is',
    run: async () => {
      const tallies = [];
      for (const name of benchNames) tallies.push(await benchWorks(name));
      return sum(tallies);
    },
  },
];

/** Every suite of the repository. */
export const suites = all.filter(({ needs }) => !needs || existsSync(join(root, needs)));
