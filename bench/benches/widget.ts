import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { build as bundleWithVite } from 'vite';
import { minify } from '../../packages/widget/minify.ts';
import type { Bench, Result } from '../harness/bench.ts';
import { type Connection, inPage, launch, mobile, slow4G } from '../harness/browser.ts';
import { bundle, bytesOf } from '../harness/bytes.ts';
import { interleave } from '../harness/interleave.ts';
import { startWidgetSite, type Way } from '../harness/widget-site.ts';

const here = import.meta.dirname;
const widget = join(here, '..', '..', 'packages', 'widget');
const dist = join(widget, 'dist');
const alone = 'preact + signals alone';
const kilo = (bytes: number) => bytes / 1000;

/** Builds the packages unless that has been done; what that says is no part of the result. */
async function built(): Promise<void> {
  const script = join(here, '..', '..', 'scripts', 'build.mjs');
  const [code] = await once(spawn(process.execPath, [script], { stdio: ['ignore', 2, 2] }), 'exit');
  if (code !== 0) throw new Error('The packages do not build.');
}

/** Preact and signals as somebody's script would begin, minified as ours is. */
async function reference(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'laurel-bench-'));
  const entry = join(here, '..', 'reference', 'preact-signals.ts');
  const lib = { entry, formats: ['iife' as const], name: 'reference', fileName: () => 'reference.js' };
  await bundleWithVite({
    configFile: false,
    root: widget,
    logLevel: 'error',
    build: { target: 'es2022', ...minify, lib, outDir, emptyOutDir: true },
  });
  const code = await readFile(join(outDir, 'reference.js'), 'utf8');
  await rm(outDir, { recursive: true });
  return code;
}

/** Bytes of every file a page may read, laurel.js first. */
async function sizes(base: string): Promise<Result[]> {
  const ours = bytesOf(readFileSync(join(dist, 'laurel.js')));
  const theirs = bytesOf(base);
  const against = (name: string, unit: string, value: number, other: number): Result => ({
    name,
    value: kilo(value),
    unit,
    reference: { name: alone, value: kilo(other) },
    ratio: value / other,
    goal: { atMost: 2.1 },
  });
  const small = (name: string, file: Uint8Array | string, atMost?: number): Result => ({
    name,
    value: kilo(bytesOf(file).brotli),
    unit: 'kB brotli',
    ...(atMost && { goal: { atMost } }),
  });
  const chunks = readdirSync(dist).filter((name) => /^laurel-[a-z]+\.js$/.test(name));
  return [
    against('laurel.js', 'kB brotli', ours.brotli, theirs.brotli),
    against('laurel.js, gzip', 'kB gzip', ours.gzip, theirs.gzip),
    small('loader.js', readFileSync(join(dist, 'loader.js')), 1),
    ...chunks.map((name) => small(name, readFileSync(join(dist, name)))),
    ...(await Promise.all(
      ['sdk/attribution', 'sdk/client', 'sdk'].map(async (name) =>
        small(name, await bundle(`@laurelkit/${name}`, here)),
      ),
    )),
  ];
}

/** Milliseconds a script takes to be parsed and run, in a page that does nothing else. */
const evaluation = (browser: Browser, code: string, slowdown: number) => () =>
  inPage(
    browser,
    (page) =>
      page.evaluate((text) => {
        const script = document.createElement('script');
        script.textContent = text;
        const start = performance.now();
        document.head.append(script);
        return performance.now() - start;
      }, code),
    { slowdown },
  );

/** Milliseconds from the start of the navigation until the board and the card have painted their content. */
async function untilSeen(page: Page, address: string): Promise<number> {
  await page.addInitScript(`seen = []; document.addEventListener('laurel:ready', () =>
    requestAnimationFrame(() => setTimeout(() => seen.push(performance.now()))))`);
  await page.goto(address, { waitUntil: 'commit' });
  const last = await page.waitForFunction('seen.length === 2 && seen[1]');
  return (await last.jsonValue()) as number;
}

export default {
  about: 'bytes of each entry, time to run, time until a board and a card are seen',
  needs: ['chromium'],
  headline: 'laurel.js',
  async run({ chromium, short, say }) {
    await built();
    const base = await reference();
    const results = await sizes(base);

    say('Evaluation …');
    const browser = await launch(chromium);
    const site = await startWidgetSite(dist);
    try {
      const code = await readFile(join(dist, 'laurel.js'), 'utf8');
      for (const slowdown of short ? [4] : [1, 4]) {
        const [ours = 0, theirs = 0] = await interleave(
          [code, base].map((text, index) => ({ name: `${index}`, round: evaluation(browser, text, slowdown) })),
          short ? 1 : 15,
        );
        const name = slowdown === 1 ? 'laurel.js runs' : `laurel.js runs, ${slowdown} × slower processor`;
        results.push({ name, value: ours, unit: 'ms', reference: { name: alone, value: theirs } });
      }

      const ways: Way[] = short ? ['inline loader'] : ['script', 'inline loader', 'external loader'];
      const loads = (short ? [mobile] : [slow4G, mobile]).flatMap((connection: Connection) =>
        ways.map((way) => ({
          name: `seen: ${way}, ${connection.name}, 4 × slower processor`,
          round() {
            say(`${connection.name}: ${way} …`);
            const visit = (page: Page) => untilSeen(page, site.address(way));
            return inPage(browser, visit, { connection, slowdown: 4 });
          },
        })),
      );
      const times = await interleave(loads, short ? 1 : 5);
      loads.forEach(({ name }, index) => {
        results.push({ name, value: times[index] ?? Number.NaN, unit: 'ms' });
      });
    } finally {
      await browser.close();
      await site.close();
    }
    return results;
  },
} satisfies Bench;
