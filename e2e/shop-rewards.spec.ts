import type { Page } from '@playwright/test';
import { freePort, type Running, startExample } from './support/server.ts';
import { join, readLink } from './support/shop.ts';
import { embedded, type Storage } from './support/storage.ts';
import { expect, test } from './support/visitors.ts';

/** What stands in the fields of the visitor's card. */
const fieldsOf = (page: Page) =>
  page.locator('laurel-referral input').evaluateAll((inputs) => inputs.map((each) => Reflect.get(each, 'value')));

test.describe('the shop’s referral programme', () => {
  let storage: Storage;
  let server: Running;

  test.beforeAll(async () => {
    storage = await embedded();
    server = await startExample('express', 'src/server.ts', { ...storage.env, PORT: String(await freePort()) });
  });
  test.afterAll(async () => {
    await server?.stop();
    await storage?.remove();
  });

  test('both sides are rewarded for what Stripe’s webhook tells, and a refund takes it back', async ({ visitor }) => {
    const shop = server.url;
    const referrer = await visitor();
    await referrer.goto(`${shop}/join`);
    await join(referrer, 'Rosa');
    const link = await readLink(referrer);

    const friend = await visitor();
    await friend.goto(link);
    const banner = friend.locator('laurel-invitation');
    await expect(banner.getByText('10 % off your first kite')).toBeVisible();
    await friend.getByRole('link', { name: 'Join Lark & Line' }).click();
    await join(friend, 'Felix');
    await expect.poll(() => fieldsOf(friend)).toContainEqual(expect.stringMatching(/^FIRST-[0-9A-F]{8}$/));

    await friend.goto(`${shop}/checkout/skylark`);
    await friend.getByRole('button', { name: 'Pay by card' }).click();
    await friend.waitForURL('**/purchases/*');
    const purchase = friend.url();
    await referrer.reload();
    await expect(referrer.locator('laurel-referral').getByText('€10.00').first()).toBeVisible();
    await expect(referrer.locator('laurel-referral').getByText('1 of 5 qualified', { exact: false })).toBeVisible();

    await friend.goto(purchase);
    await friend.getByRole('button', { name: 'Return it' }).click();
    await expect(friend.getByText('is on its way back')).toBeVisible();
    await referrer.reload();
    await expect(referrer.locator('laurel-referral').getByText('0 of 5 qualified', { exact: false })).toBeVisible();
  });

  test('what happens is told by a signed webhook, and stands on the staff’s page; what nobody signed does not', async ({
    visitor,
  }) => {
    const page = await visitor();
    const heard = page.locator('section', { has: page.locator('#heard') }).getByRole('listitem');
    await expect(async () => {
      await page.goto(`${server.url}/staff`);
      await expect(heard.filter({ hasText: 'conversion.recorded' }).first()).toBeVisible({ timeout: 1000 });
    }).toPass();
    const forged = await page.request.post(`${server.url}/hooks/laurel`, {
      data: { type: 'payout.paid', timestamp: '2026-01-01T00:00:00Z', data: {} },
      headers: { 'webhook-id': 'forged', 'webhook-timestamp': '1767225600', 'webhook-signature': 'v1,AAAA' },
    });
    expect(forged.status()).toBe(400);
  });

  test('staff see why a referral is held, and decide with a reason, by keyboard', async ({ visitor }) => {
    const staff = await visitor();
    await staff.goto(`${server.url}/staff`);
    const rows = staff.locator('laurel-review [part~=row]');
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('throw-away');
    await rows.first().focus();
    await staff.keyboard.press('a');
    await staff.keyboard.type('Known from the hill');
    await staff.keyboard.press('Enter');
    await expect(rows).toHaveCount(1);
    await staff.getByRole('button', { name: 'Pay what is approved' }).click();
    // Payouts are sent in the background.
    const paid = staff.locator('section', { has: staff.locator('#payments') }).getByRole('listitem');
    await expect(async () => {
      await staff.reload();
      await expect(paid.first()).toContainText('€', { timeout: 1000 });
    }).toPass();
  });

  test('a referral that was rejected is appealed from the account page, and is back in the queue', async ({
    visitor,
  }) => {
    const staff = await visitor();
    await staff.goto(`${server.url}/staff`);
    const rows = staff.locator('laurel-review [part~=row]');
    await rows.first().focus();
    await staff.keyboard.press('r');
    await staff.keyboard.type('Not two people');
    await staff.keyboard.press('Enter');
    await expect(rows).toHaveCount(0);

    const kaia = await visitor();
    await kaia.goto(`${server.url}/sign-in`);
    await kaia.getByLabel('E-mail').fill('kaia@example.com');
    await kaia.getByRole('button', { name: 'Sign in' }).click();
    await kaia.goto(`${server.url}/account`);
    const card = kaia.locator('laurel-referral');
    await card.getByText('was not counted').click();
    await card.getByRole('button', { name: 'Ask for another look' }).click();
    await card.getByLabel('What should we know about it?').fill('We are two people, on one hill.');
    await card.getByRole('button', { name: 'Send' }).click();
    await expect(card.getByText('You asked for another look')).toBeVisible();
    await staff.reload();
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('We are two people, on one hill.');
  });

  test('the coupon of the wallet takes a tenth off at the till, once, and a friend’s code thanks the friend', async ({
    visitor,
  }) => {
    const shop = server.url;
    const referrer = await visitor();
    await referrer.goto(`${shop}/join`);
    await join(referrer, 'Runa');
    const link = await readLink(referrer);
    const friend = await visitor();
    await friend.goto(link);
    await friend.goto(`${shop}/join`);
    await join(friend, 'Ferran');
    const isCoupon = (value: unknown) => /^FIRST-/.test(String(value));
    await expect.poll(async () => (await fieldsOf(friend)).some(isCoupon)).toBe(true);
    const coupon = String((await fieldsOf(friend)).find(isCoupon));
    const pay = async (page: Page, code: string) => {
      await page.goto(`${shop}/checkout/skylark`);
      await page.getByLabel('Coupon, or a friend’s code').fill(code);
      await page.getByRole('button', { name: 'Buy now' }).click();
    };
    await pay(friend, coupon);
    await friend.waitForURL('**/purchases/*');
    await expect(friend.locator('.price')).toHaveText('€25.20');
    await pay(friend, coupon);
    await expect(friend.getByText('was used already')).toBeVisible();

    const other = await visitor();
    await other.goto(`${shop}/join`);
    await join(other, 'Oda');
    await pay(other, new URL(link).pathname.split('/').at(-1) ?? '');
    await other.waitForURL('**/purchases/*');
    await referrer.reload();
    await expect(referrer.locator('laurel-referral').getByText('2 of 5 qualified', { exact: false })).toBeVisible();
  });

  test('a reader joins by double opt-in without an account, and invites another who confirms', async ({ visitor }) => {
    const subscribe = async (page: Page, email: string) => {
      const card = page.locator('laurel-referral');
      await card.getByLabel('E-mail').fill(email);
      await card.getByRole('checkbox').check();
      await card.getByRole('button').click();
      await expect(card.getByText(email)).toBeVisible();
      await page.goto(`${server.url}/mailbox`);
      await page.locator('article', { hasText: email }).getByRole('link').first().click();
      return page.getByLabel('Your referral link').inputValue();
    };
    const reader = await visitor();
    await reader.goto(`${server.url}/letter`);
    const link = await subscribe(reader, 'ute@example.org');
    expect(link).toContain('/api/r/');

    const friend = await visitor();
    await friend.goto(link);
    await expect(friend.locator('laurel-invitation')).toContainText('You were invited');
    await subscribe(friend, 'viktor@example.org');
    await expect.poll(() => fieldsOf(reader)).toContainEqual(expect.stringMatching(/^LETTER-[0-9A-F]{8}$/));
  });

  test('staff see what an import would do before it does it, and it does it once', async ({ visitor }) => {
    const staff = await visitor();
    await staff.goto(`${server.url}/staff`);
    await staff.getByRole('button', { name: 'See what would happen' }).click();
    await expect(staff.getByRole('status')).toContainText('Would bring in: 4 readers, 3 of them invited');
    await expect(staff.getByText('Line 6')).toBeVisible();
    await staff.getByRole('button', { name: 'Bring them in' }).click();
    await expect(staff.getByRole('status')).toContainText('Brought in: 4 readers, 3 of them invited');
    await staff.getByRole('button', { name: 'Bring them in' }).click();
    await expect(staff.getByRole('status')).toContainText('Brought in: 4 readers, 3 of them invited');
    const old = await visitor();
    await old.goto(`${server.url}/api/r/NADIA`);
    await expect(old).toHaveURL(/\/letter/);
  });
});
