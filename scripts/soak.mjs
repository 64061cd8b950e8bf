/** `npm run soak -- NAME`: a long run that breaks things on purpose. Not part of the tests. */
import { join } from 'node:path';
import { bin, root } from './paths.mjs';
import { startPostgres } from './postgres.mjs';
import { Problem } from './problem.mjs';
import { main, run } from './process.mjs';
import { setup } from './setup.mjs';

const names = ['contest', 'webhooks'];

await main(async () => {
  const name = process.argv[2] ?? '';
  if (!names.includes(name)) throw new Problem(`Say which: npm run soak -- ${names.join(' | ')}`);
  await setup();
  const { url, stop } = await startPostgres();
  try {
    const command = ['--conditions=source', join(root, 'bench', 'soak', `${name}.ts`)];
    const { code } = await run(join(bin, 'node'), command, {
      env: { DATABASE_URL: undefined, BENCH_POSTGRES_URL: url },
    });
    return code;
  } finally {
    await stop();
  }
});
