import { chromium } from '@playwright/test';
import sp from '@sparticuz/chromium';
import { serveGallery } from './gallery/server.ts';

const server = await serveGallery(0);
const port = server.address().port;
const browser = await chromium.launch({
  executablePath: process.env.PLAYWRIGHT_CHROMIUM ?? (await sp.executablePath()),
  args: ['--no-sandbox', '--disable-gpu'],
});
const shots = process.argv.slice(2).map((a) => a.split('|'));
for (const [name, query, width = '560', opts = ''] of shots) {
  const page = await browser.newPage({
    viewport: { width: Number(width), height: 900 },
    colorScheme: opts.includes('dark') ? 'dark' : 'light',
    forcedColors: opts.includes('forced') ? 'active' : 'none',
    reducedMotion: 'reduce',
  });
  page.on('console', (m) => console.log(name, m.type(), m.text()));
  page.on('pageerror', (e) => console.log(name, 'ERR', e));
  await page.goto(`http://127.0.0.1:${port}/page?${query.replace('S=', 'scenario=')}@${name}`);
  await page.waitForTimeout(900);
  if (opts.includes('click:')) {
    await page.locator(opts.split('click:')[1]).first().click();
    await page.waitForTimeout(600);
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth);
  if (over > Number(width)) console.log(name, 'OVERFLOW', over);
  await page.screenshot({ path: `/tmp/wt/shots/${name}.png`, fullPage: true });
  await page.close();
}
await browser.close();
server.close();
process.exit(0);
