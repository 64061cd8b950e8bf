import { AxeBuilder } from '@axe-core/playwright';
import { freePort, type Running, startExample } from './support/server.ts';
import { readLink, whenScoreIs } from './support/shop.ts';
import { expect, test } from './support/visitors.ts';

let server: Running;

test.beforeAll(async () => {
  server = await startExample('hono', 'src/server.ts', { PORT: String(await freePort()) });
});
test.afterAll(async () => {
  expect(await server?.stop()).toBe(0);
});

test('in a Hono app, a friend’s run moves the referrer’s board', async ({ visitor }) => {
  const referrer = await visitor();
  await referrer.goto(server.url);
  await referrer.getByLabel('Your name on the board').fill('Rosa');
  await referrer.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(referrer.getByText('Good to see you, Rosa.')).toBeVisible();
  await expect(referrer.getByText('You have no points here yet')).toBeVisible();

  const friend = await visitor();
  await friend.goto(await readLink(referrer));
  await friend.getByLabel('Your name on the board').fill('Felix');
  await friend.getByRole('button', { name: 'Join', exact: true }).click();
  await whenScoreIs(referrer, 1);
  await friend.getByRole('button', { name: 'I ran today' }).click();
  await whenScoreIs(referrer, 4);
  await friend.getByRole('button', { name: 'I ran today' }).click();
  await friend.getByRole('button', { name: 'I ran today' }).click();
  await referrer.reload();
  await whenScoreIs(referrer, 4);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the club’s page (${colorScheme})`, async ({ visitor }) => {
    const page = await visitor({ colorScheme, viewport: { width: 320, height: 640 } });
    await page.goto(server.url);
    await expect(page.getByRole('heading', { name: 'Spring Miles' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Nobody likes to run alone' })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}
