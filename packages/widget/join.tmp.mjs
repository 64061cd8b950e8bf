import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import sp from '@sparticuz/chromium';

const b = await chromium.launch({
  executablePath: process.env.PLAYWRIGHT_CHROMIUM ?? (await sp.executablePath()),
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const a of process.argv.slice(2)) {
  const [out, ...n] = a.split('=');
  const names = n[0].split(',');
  const p = await b.newPage({ viewport: { width: 3000, height: 2300 } });
  await p.setContent(
    '<body style="margin:0;background:#888;display:flex;gap:10px;align-items:start;width:max-content">' +
      names
        .map((x) => `<img src="data:image/png;base64,${readFileSync(`/tmp/wt/shots/${x}.png`).toString('base64')}">`)
        .join('') +
      '</body>',
  );
  await p.waitForTimeout(200);
  const el = await p.$('body');
  await el.screenshot({ path: `/tmp/wt/shots/${out}.png` });
  await p.close();
}
await b.close();
process.exit(0);
