import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failuresOfPlaywright, failuresOfVitest, secondTriesOfPlaywright, secondTriesOfVitest } from '../failures.mjs';
import { bin, root, tools } from '../paths.mjs';
import { run } from '../process.mjs';

/** Inside the repository, so that the runners are found from it. */
let folder = '';
beforeAll(() => {
  mkdirSync(tools, { recursive: true });
  folder = mkdtempSync(join(tools, 'failures-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const report = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const place = () => folder.slice(root.length + 1);

test('what failed under vitest is named with why, and a file that does not load', async () => {
  write(
    'sums.test.js',
    `import { expect, test } from 'vitest';
     test('adds', () => expect(1 + 1).toBe(2));
     test('adds wrongly', () => expect(1 + 1).toBe(3));
     let tries = 0;
     test('adds now and then', () => expect(1 + ++tries).toBe(3));`,
  );
  write('broken.test.js', `import './nowhere.js';`);
  write('vitest.config.js', 'export default {};');

  const options = [
    'run',
    '--root',
    folder,
    '--retry=1',
    '--reporter=json',
    `--outputFile=${join(folder, 'vitest.json')}`,
  ];
  await run(join(bin, 'vitest'), options, { capture: true });

  const failures = failuresOfVitest(report('vitest.json')).sort();
  expect(failures).toHaveLength(2);
  expect(failures[0]).toContain(`${place()}/broken.test.js › does not load`);
  expect(failures[0]).toContain('nowhere.js');
  expect(failures[1]).toContain(`${place()}/sums.test.js › adds wrongly`);
  expect(failures[1]).toContain('expected 2 to be 3');
  const secondTries = secondTriesOfVitest(report('vitest.json'));
  expect(secondTries).toHaveLength(1);
  expect(secondTries[0]).toContain(`${place()}/sums.test.js › adds now and then`);
  expect(secondTries[0]).toContain('expected 2 to be 3');
}, 60_000);

test('what failed under Playwright is named with why', async () => {
  write(
    'sums.spec.ts',
    `import { expect, test } from '@playwright/test';
     test('adds', () => { expect(1 + 1).toBe(2); });
     test('adds now and then', ({}, { retry }) => { expect(1 + retry).toBe(2); });
     test.describe('sums', () => { test('adds wrongly', () => { expect(1 + 1).toBe(3); }); });`,
  );
  write('playwright.config.ts', `export default { testMatch: '*.spec.ts', retries: 1 };`);

  const options = ['test', '--config', join(folder, 'playwright.config.ts'), '--reporter=json'];
  await run(join(bin, 'playwright'), options, {
    capture: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(folder, 'playwright.json') },
  });

  const failures = failuresOfPlaywright(report('playwright.json'));
  expect(failures).toHaveLength(1);
  expect(failures[0]).toContain(`${place()}/sums.spec.ts › adds wrongly (line 4)`);
  expect(failures[0]).toContain('Expected: 3');
  const secondTries = secondTriesOfPlaywright(report('playwright.json'));
  expect(secondTries).toHaveLength(1);
  expect(secondTries[0]).toContain(`${place()}/sums.spec.ts › adds now and then (line 3)`);
  expect(secondTries[0]).toContain('Expected: 2');
}, 60_000);
