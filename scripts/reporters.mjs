import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { run } from './process.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {Record<string, string | undefined>} Environment */

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
    if (tally.passed + tally.failed === 0) console.error('No test ran.');
    const unexplained = tally.failed === 0 && (code !== 0 || tally.passed === 0);
    return unexplained ? { ...tally, failed: 1 } : tally;
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
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      return run(join(bin, 'vitest'), ['run', '--root', join(root, folder), ...reporters, ...filters], { env });
    },
    ({ numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0, testResults = [] }) => {
      // A file that does not load fails without a test in it.
      const broken = testResults.filter(
        (/** @type {any} */ { status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
      );
      return {
        passed: numPassedTests,
        failed: numFailedTests + broken.length,
        skipped: numPendingTests + numTodoTests,
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
      run(join(bin, 'playwright'), ['test', '--config', join(root, config), '--reporter=list,json'], {
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      }),
    ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }),
  );
