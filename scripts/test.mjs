/** `npm test`: everything that is run to see whether it works. `npm test -- sdk server` runs only those suites. */
import { build } from './build.mjs';
import { choose } from './choose.mjs';
import { main } from './process.mjs';
import { setup } from './setup.mjs';
import { suites } from './suites.mjs';
import { onePassed, report, timed } from './tally.mjs';

await main(async () => {
  const chosen = choose(suites, process.argv.slice(2));
  if (!chosen) return 0;

  const rows = [
    await timed('set-up, build', async () => {
      await setup();
      await build();
      return onePassed;
    }),
  ];
  if (rows[0]?.tally.failed === 0) {
    for (const { name, about, run } of chosen) {
      console.log(`\n── ${name}: ${about}`);
      rows.push(await timed(name, run));
    }
  }
  return report(rows);
});
