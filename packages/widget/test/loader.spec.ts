import type { Page } from '@playwright/test';
import { board, expect, open, settled, test } from './helpers.ts';

const shift = (page: Page) =>
  page.addInitScript(() => {
    const scope = window as unknown as { shift: number; violations: string[] };
    scope.shift = 0;
    scope.violations = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) scope.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    addEventListener('securitypolicyviolation', (event) =>
      scope.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
const seen = (page: Page) =>
  page.evaluate(() => {
    const { shift, violations } = window as unknown as { shift: number; violations: string[] };
    return { shift, violations };
  });

for (const [loader, csp] of [
  ['inline', 'hash'],
  ['inline', 'nonce'],
  ['external', 'self'],
  ['external', 'nonce'],
] as const) {
  test(`${loader} loader under a strict policy by ${csp}: both elements, no violation, no layout shift`, async ({
    page,
  }) => {
    await shift(page);
    const act = await open(page, { scenario: 'leading', loader, csp, podium: '', reserve: '1600' });
    await settled(page, 'laurel-referral', 'laurel-leaderboard');
    await expect(board(page).locator('.dot.on')).toBeVisible();
    await act('score', { who: '4', points: '400' });
    await expect(board(page).locator('.podium .name').first()).toHaveText('Ines');
    expect(await seen(page)).toEqual({ shift: 0, violations: [] });
    const added = page.locator('script[src$="laurel.js"]');
    await expect(added).toHaveAttribute('integrity', /^sha384-/);
  });
}

test('a file that is not the one whose hash the page names does not run', async ({ page }) => {
  await open(page, { scenario: 'leading', loader: 'inline', integrity: `sha384-${'A'.repeat(64)}`, show: 'board' });
  await expect(page.locator('script[src$="laurel.js"]')).toHaveCount(1);
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => customElements.get('laurel-leaderboard'))).toBeUndefined();
});

test('waits until an element comes near the window', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await open(page, { scenario: 'leading', loader: 'inline', far: '', show: 'board' });
  await page.waitForTimeout(500);
  expect(asked).not.toContain('/laurel.js');
  await page.locator('laurel-leaderboard').scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 10_000);
  await settled(page, 'laurel-leaderboard');
  expect(asked).toContain('/laurel.js');
});

test('finds an element that the page adds later, while another is far away', async ({ page }) => {
  await open(page, { scenario: 'leading', loader: 'inline', far: '', show: 'board' });
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    const added = document.createElement('laurel-referral');
    added.setAttribute('program', 'friends');
    document.querySelector('h1')?.after(added);
  });
  await settled(page, 'laurel-referral');
});

test('notes the address before the page changes it, keeps the touch with consent only', async ({ page }) => {
  const kept = () => page.evaluate(() => localStorage.getItem('laurel_attribution'));
  await open(page, { scenario: 'plain', loader: 'inline', show: 'card', ref: 'ANA' });
  await page.evaluate(() => history.replaceState(null, '', '/elsewhere'));
  await settled(page, 'laurel-referral');
  expect(await page.evaluate(() => (window as unknown as { Laurel: { landing: string } }).Laurel.landing)).toMatch(
    /ref=ANA/,
  );
  expect(await kept()).toBeNull();
  await open(page, { scenario: 'plain', loader: 'inline', show: 'card', ref: 'ANA', consent: '' });
  expect(JSON.parse((await kept()) ?? '')).toMatchObject({ referralCode: 'ANA' });
});

test('an image of the page named currentScript cannot say where scripts come from', async ({ page }) => {
  await page.route(/\/page\?/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      '<body>',
      '<body><img name="currentScript" data-src="/evil.js" src="/evil.js">',
    );
    await route.fulfill({ response, body: body.replace(/(<script async[^>]*><\/script>)(.*<\/main>)/s, '$2$1') });
  });
  const asked: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && asked.push(new URL(request.url()).pathname));
  await open(page, { scenario: 'leading', signed: '1', podium: '' });
  await settled(page, 'laurel-referral', 'laurel-leaderboard');
  expect(asked.filter((path) => path.includes('evil'))).toEqual([]);
  expect(asked).toContain('/laurel-podium.js');
});
