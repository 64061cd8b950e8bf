/** `npm run check`: everything that is read to see whether it is right. `npm run check -- biome types` runs only those. */
import { build } from './build.mjs';
import { checks } from './checks.mjs';
import { choose } from './choose.mjs';
import { main } from './process.mjs';
import { setup } from './setup.mjs';
import { oneFailed, onePassed, report, timed } from './tally.mjs';

await main(async () => {
  const chosen = choose(checks, process.argv.slice(2));
  if (!chosen) return 0;

  const rows = [
    await timed('set-up, build', async () => {
      await setup();
      await build();
      return onePassed;
    }),
  ];
  if (rows[0]?.tally.failed === 0) {
    for (const { name, run } of chosen) {
      const row = await timed(name, async () => {
        const { code, output } = await run();
        if (code === 0) return onePassed;
        console.error(`\n── ${name}\n${output.trim()}`);
        return { ...oneFailed, failures: [name] };
      });
      rows.push(row);
    }
  }
  return report(rows);
});
