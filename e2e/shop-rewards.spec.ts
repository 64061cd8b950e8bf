import { freePort, type Running, startExample } from './support/server.ts';
import { join, readLink } from './support/shop.ts';
import { embedded, type Storage } from './support/storage.ts';
import { expect, test } from './support/visitors.ts';

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
    const wallet = friend.locator('laurel-referral');
    const fields = () =>
      wallet.locator('input').evaluateAll((inputs) => inputs.map((each) => Reflect.get(each, 'value')));
    await expect.poll(fields).toContainEqual(expect.stringMatching(/^FIRST-[0-9A-F]{8}$/));

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
    await expect(staff.getByText('Nothing yet.', { exact: false })).toBeVisible();
  });
});
