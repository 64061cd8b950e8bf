import type { Page } from '@playwright/test';
import { breaches, expect, open, test } from './helpers.ts';

const queue = (page: Page) => page.locator('laurel-review');
const rows = (page: Page) => queue(page).locator('[part~=row]');

async function openQueue(page: Page, query: Record<string, string> = {}) {
  await open(page, { show: 'review', scenario: 'queue', signed: '1', ...query });
  await rows(page).first().waitFor();
}

test('shows what waits with its reasons, and pages on', async ({ page }) => {
  await openQueue(page);
  await expect(queue(page).getByText('27 wait for a decision')).toBeVisible();
  await expect(rows(page)).toHaveCount(20);
  await expect(rows(page).first()).toContainText('Referrer and referee used the same device within a day.');
  await queue(page).getByRole('button', { name: 'Show more' }).click();
  await expect(rows(page)).toHaveCount(27);
  expect(await breaches(page)).toEqual([]);
});

test('is worked by keyboard alone: move, select, reject with a reason, go on', async ({ page }) => {
  await openQueue(page);
  await rows(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(queue(page).getByText('2 selected')).toBeVisible();
  await page.keyboard.press('r');
  await expect(queue(page).getByLabel('Reason')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(20);
  await page.keyboard.type('Same person under two names');
  await page.keyboard.press('Enter');
  await expect(queue(page).locator('[aria-live]')).toHaveText('2 rejected');
  await expect(queue(page).getByText('25 wait for a decision')).toBeVisible();
  await expect(queue(page).locator('[part~=row]:focus')).toHaveCount(1);
  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await expect(queue(page).getByLabel('Reason')).toHaveCount(0);
  await expect(queue(page).locator('[part~=row]:focus')).toHaveCount(1);
});

test('is worked by mouse: select all, approve with a ready reason, look at what was decided', async ({ page }) => {
  await openQueue(page);
  await queue(page).getByLabel('Select all shown').check();
  await queue(page).getByRole('button', { name: 'Approve 20' }).click();
  await queue(page).getByRole('button', { name: 'Looks like a real customer' }).click();
  await expect(queue(page).getByLabel('Reason')).toHaveValue('Looks like a real customer');
  await queue(page).getByRole('button', { name: 'Approve 20' }).click();
  await expect(queue(page).getByText('7 wait for a decision')).toBeVisible();
  await queue(page).getByRole('button', { name: 'Approved', exact: true }).click();
  await expect(rows(page)).toHaveCount(20);
  await rows(page).first().locator('summary').click();
  await expect(rows(page).first()).toContainText('staff:Ida');
});

test('decides about one side by mouse, and the other still waits', async ({ page }) => {
  await openQueue(page);
  const first = rows(page).first();
  await first.getByRole('button', { name: 'Approve' }).click();
  const about = queue(page).getByRole('group', { name: 'About' });
  await expect(about.getByRole('button', { name: 'Both' })).toHaveAttribute('aria-pressed', 'true');
  await about.getByRole('button', { name: 'Who was invited' }).click();
  await queue(page).getByRole('button', { name: 'Looks like a real customer' }).click();
  expect(await breaches(page)).toEqual([]);
  await queue(page).getByRole('button', { name: 'Approve 1' }).click();
  await expect(first).toContainText('Who invited: Open · Who was invited: Approved');
  await expect(queue(page).getByText('27 wait for a decision')).toBeVisible();
  await first.getByRole('button', { name: 'Reject' }).click();
  // The next decision begins with both again.
  await expect(about.getByRole('button', { name: 'Both' })).toHaveAttribute('aria-pressed', 'true');
  await about.getByRole('button', { name: 'Who invited' }).click();
  await queue(page).getByLabel('Reason').fill('Invites himself');
  await queue(page).getByRole('button', { name: 'Reject 1' }).click();
  await expect(queue(page).getByText('26 wait for a decision')).toBeVisible();
  await queue(page).getByRole('button', { name: 'Rejected', exact: true }).click();
  await expect(rows(page)).toHaveCount(1);
  await rows(page).first().locator('summary').click();
  await expect(rows(page).first()).toContainText('Rejected · Who invited · staff:Ida · Invites himself');
});

test('decides about one side by keyboard', async ({ page }) => {
  await openQueue(page);
  await rows(page).first().focus();
  await page.keyboard.press('r');
  await expect(queue(page).getByLabel('Reason')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(queue(page).getByRole('button', { name: 'Who was invited' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(queue(page).getByRole('button', { name: 'Who invited' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Too many of them');
  await page.keyboard.press('Enter');
  await expect(rows(page).first()).toContainText('Who invited: Rejected · Who was invited: Open');
  await expect(rows(page).first()).toBeFocused();
});

test('says so when nothing waits, and when the visitor is no staff', async ({ page }) => {
  await open(page, { show: 'review', scenario: 'quiet', signed: '1' });
  await expect(queue(page).getByText('Nothing waits')).toBeVisible();
  expect(await breaches(page)).toEqual([]);
  await open(page, { show: 'review', scenario: 'plain', signed: '1' });
  await expect(queue(page).getByText('Only staff can see this.', { exact: false })).toBeVisible();
});

test('a decision that did not arrive is said to have decided nothing, and can be tried again', async ({ page }) => {
  await openQueue(page);
  await page.route('**/reviews/decide', (route) => route.abort());
  await rows(page).first().getByRole('button', { name: 'Reject' }).click();
  await queue(page).getByLabel('Reason').fill('Automated');
  await queue(page).getByRole('button', { name: 'Reject 1' }).click();
  await expect(queue(page).getByRole('alert')).toContainText('Nothing was decided');
  await page.unroute('**/reviews/decide');
  await queue(page).getByRole('button', { name: 'Reject 1' }).click();
  await expect(queue(page).getByText('26 wait for a decision')).toBeVisible();
});

for (const [name, query] of Object.entries({
  dark: { host: 'dark' },
  narrow: { host: 'serif' },
  rtl: { dir: 'rtl', lang: 'es' },
  'a host that resets everything': { host: 'shop' },
})) {
  test(`keeps to its width and to what axe asks: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: name === 'narrow' ? 320 : 560, height: 900 });
    await openQueue(page, query as Record<string, string>);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    if (name !== 'a host that resets everything') expect(await breaches(page)).toEqual([]);
  });
}
