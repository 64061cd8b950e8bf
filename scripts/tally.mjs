import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { explain } from './problem.mjs';
import { isMain } from './process.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures?: string[], secondTries?: string[] }} Tally */
/** @typedef {{ name: string, tally: Tally, seconds: number }} Row */

/** @type {Tally} */
export const nothing = { passed: 0, failed: 0, skipped: 0 };
/** @type {Tally} */
export const onePassed = { ...nothing, passed: 1 };
/** @type {Tally} */
export const oneFailed = { ...nothing, failed: 1 };

/** @param {Tally[]} tallies @returns {Tally} */
export const sum = (tallies) =>
  tallies.reduce(
    (total, { passed, failed, skipped, failures = [], secondTries = [] }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
      failures: [...(total.failures ?? []), ...failures],
      secondTries: [...(total.secondTries ?? []), ...secondTries],
    }),
    nothing,
  );

/**
 * What passed in its second try only, what failed, and the line everything ends with: whoever sees only the end knows what to mend.
 * @param {Tally} tally
 */
function printEnd({ passed, failed, skipped, failures = [], secondTries = [] }) {
  for (const each of secondTries) console.log(`\n↻ passed in its second try: ${each}`);
  for (const failure of failures) console.log(`\n✗ ${failure}`);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

/**
 * Times one piece of work. What it throws is a failure, with its message shown.
 * @param {string} name @param {() => Promise<Tally>} work @returns {Promise<Row>}
 */
export async function timed(name, work) {
  const start = performance.now();
  let tally = oneFailed;
  try {
    tally = await work();
  } catch (error) {
    console.error(explain(error));
    tally = { ...oneFailed, failures: [`${name}\n    ${explain(error)}`] };
  }
  return { name, tally, seconds: (performance.now() - start) / 1000 };
}

/**
 * Prints what came out, with the sum as the last line, and returns the exit code. `LAUREL_TALLY` names a file to which
 * the sum is added for a caller that runs several scripts.
 * @param {Row[]} rows
 */
export function report(rows) {
  const width = Math.max(8, ...rows.map(({ name }) => name.length));
  console.log(`\n${'Suite'.padEnd(width)}   passed   failed  skipped     time`);
  for (const { name, tally, seconds } of rows) {
    const counts = [tally.passed, tally.failed, tally.skipped].map((count) => String(count).padStart(9)).join('');
    console.log(`${name.padEnd(width)}${counts}${`${seconds.toFixed(1)} s`.padStart(9)}`);
  }
  const total = sum(rows.map(({ tally }) => tally));
  if (process.env.LAUREL_TALLY) appendFileSync(process.env.LAUREL_TALLY, `${JSON.stringify(total)}\n`);
  printEnd(total);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

// node tally.mjs file count: adds up what so many scripts left in the file; one that left nothing has failed.
if (isMain(import.meta.url)) {
  const [file = '', expected = '0'] = process.argv.slice(2);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const silent = Array.from({ length: Math.max(0, Number(expected) - lines.length) }, () => ({
    ...oneFailed,
    failures: ['A script stopped before it could say what came out.'],
  }));
  const total = sum([...lines.map((line) => JSON.parse(line)), ...silent]);
  printEnd(total);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}
