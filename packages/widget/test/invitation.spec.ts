import type { Page } from '@playwright/test';
import { breaches, expect, open, test, watchShift } from './helpers.ts';

const banner = (page: Page) => page.locator('laurel-invitation');
const query = { show: 'banner', scenario: 'plain', invitation: '1' };

const heightOf = (page: Page) => banner(page).evaluate((element) => element.getBoundingClientRect().height);

test('says who invites and what there is to get, in light and dark', async ({ page }) => {
  await open(page, { ...query, ref: 'ADA' });
  await expect(banner(page)).toContainText(/Ada invites you to Fernway Coffee.*10 % off your first order/s);
  expect(await breaches(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await breaches(page)).toEqual([]);
});

test('a code nobody has, or somebody who does not show their name', async ({ page }) => {
  await open(page, { ...query, via: 'NOBODY' });
  await expect(banner(page)).toContainText('You were invited to Fernway Coffee');
});

test('who was not invited sees nothing, and nothing is asked for them', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page, query);
  await page.waitForTimeout(400);
  expect(await heightOf(page)).toBe(0);
  expect(asked.filter((url) => /laurel-invitation|\/s\//.test(url))).toEqual([]);
});

test('who comes back is known by what was kept, under the host’s own parameters', async ({ page }) => {
  await page.addInitScript(() => {
    const at = new Date().toISOString();
    const expiresAt = new Date(Date.now() + 1e9).toISOString();
    localStorage.setItem('laurel_attribution', JSON.stringify({ referralCode: 'ADA', at, expiresAt, key: 'k' }));
  });
  await open(page, query);
  await expect(banner(page)).toContainText('Ada invites you');
});

test('is put away by the keyboard, for this tab, and says so to the page', async ({ page }) => {
  await page.addInitScript(() =>
    document.addEventListener('laurel:dismiss', (event) => {
      document.title = JSON.stringify((event as CustomEvent).detail);
    }),
  );
  await open(page, { ...query, ref: 'ADA' });
  await banner(page).getByRole('button', { name: 'Put this away' }).press('Enter');
  await expect.poll(() => heightOf(page)).toBe(0);
  await expect(page).toHaveTitle('{"program":"friends"}');
  await page.reload();
  await page.waitForTimeout(400);
  expect(await heightOf(page)).toBe(0);
});

test('API down: the room is given back', async ({ page }) => {
  await open(page, { ...query, scenario: 'down', ref: 'ADA' });
  await expect.poll(() => heightOf(page)).toBe(0);
  await expect(page.locator('#after')).toBeVisible();
});

for (const width of [320, 560, 960]) {
  test(`no layout shift at ${width} px, invited or not`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const shift = await watchShift(page);
    await page.route('**/laurel-invitation.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue();
    });
    await open(page, { ...query, ref: 'ADA', sync: '' });
    await expect(banner(page)).toContainText('Ada');
    await page.waitForTimeout(300);
    expect(await shift()).toBe(0);
    await open(page, { ...query, sync: '' });
    await page.waitForTimeout(400);
    expect(await shift()).toBe(0);
  });
}

test('long names and right-to-left at 320 px stay inside', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 900 });
  for (const ref of ['LONG', 'ARAB']) {
    await open(page, { ...query, ref, dir: 'rtl' });
    await expect(banner(page).locator('.title')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await breaches(page)).toEqual([]);
  }
});
