import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failuresOfPlaywright, failuresOfVitest, secondTriesOfPlaywright, secondTriesOfVitest } from './failures.mjs';
import { bin, root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { run } from './process.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {Record<string, string | undefined>} Environment */

/** Thousands of tests that start processes and wait for clocks: one that fails once in a while is named, and stops nobody. */
const moreTries = 1;

/**
 * Runs a test runner that leaves a report, and counts from it. A runner that fails without a failed test, or that ran
 * no test, is one failure more.
 * @param {(file: string) => Promise<{ code: number }>} start - is told where to leave the report
 * @param {(report: any) => Tally} count
 */
async function counted(start, count) {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-report-'));
  const file = join(folder, 'report.json');
  try {
    const { code } = await start(file);
    if (!existsSync(file)) throw new Problem('The test runner stopped without a report.');
    const tally = count(JSON.parse(readFileSync(file, 'utf8')));
    const unexplained = tally.failed === 0 && (code !== 0 || tally.passed === 0);
    if (!unexplained) return tally;
    const why = tally.passed === 0 ? 'No test ran.' : `The test runner ended with ${code}, though no test failed.`;
    return { ...tally, failed: 1, failures: [why] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs vitest in a folder of the repository.
 * @param {string} folder @param {{ filters?: string[], env?: Environment }} [options] - `filters` are parts of file names
 */
export const vitest = (folder, { filters = [], env } = {}) =>
  counted(
    (file) => {
      const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`, `--retry=${moreTries}`];
      return run(join(bin, 'vitest'), ['run', '--root', join(root, folder), ...options, ...filters], { env });
    },
    (report) => {
      const { numPassedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report;
      const failures = failuresOfVitest(report);
      return {
        passed: numPassedTests,
        failed: failures.length,
        skipped: numPendingTests + numTodoTests,
        failures,
        secondTries: secondTriesOfVitest(report),
      };
    },
  );

/**
 * Runs Playwright with a configuration of the repository.
 * @param {string} config @param {{ env?: Environment }} [options]
 */
export const playwright = (config, { env } = {}) =>
  counted(
    (file) =>
      run(
        join(bin, 'playwright'),
        ['test', '--config', join(root, config), `--retries=${moreTries}`, '--reporter=list,json'],
        {
          env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
        },
      ),
    (report) => {
      const { expected, flaky, skipped } = report.stats;
      const failures = failuresOfPlaywright(report);
      return {
        passed: expected + flaky,
        failed: failures.length,
        skipped,
        failures,
        secondTries: secondTriesOfPlaywright(report),
      };
    },
  );
