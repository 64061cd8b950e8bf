import { AxeBuilder } from '@axe-core/playwright';
import { createClient } from '@laurelkit/sdk';
import { freePort, type Running, startExample } from './support/server.ts';
import { embedded, type Storage } from './support/storage.ts';
import { expect, test } from './support/visitors.ts';

let storage: Storage;
let server: Running;
let laurel: string;

test.beforeAll(async () => {
  storage = await embedded();
  const ports = { PORT: String(await freePort()), LAUREL_PORT: String(await freePort()) };
  laurel = `http://localhost:${ports.LAUREL_PORT}`;
  server = await startExample('script-tag', 'src/start.ts', { ...storage.env, ...ports });
});
test.afterAll(async () => {
  await server?.stop();
  await storage?.remove();
});

test('a static page shows the board of another origin, and it moves', async ({ visitor }) => {
  const page = await visitor();
  await page.goto(server.url);
  const first = page.getByText('Otter');
  await expect(first).toBeVisible();
  await expect(page.getByText('Dipper')).toBeVisible();

  const key = /^secret key (\S+)$/m.exec(server.output())?.[1] ?? '';
  const api = createClient({ baseUrl: `${laurel}/api`, key });
  const launch = { program: 'friends', participant: 'dipper-1', event: 'launch', idempotencyKey: 'launch-dipper-1' };
  await api.conversions.create(launch);
  await api.conversions.create(launch);
  await expect(page.getByRole('row', { name: /Dipper/ }).getByRole('cell', { name: '7', exact: true })).toBeVisible({
    timeout: 1000,
  });
});

test('the key works for the registered origin only', async ({ visitor }) => {
  const key = /^publishable key (\S+)$/m.exec(server.output())?.[1] ?? '';
  const page = await visitor();
  const ask = (origin: string) =>
    page.request.get(`${laurel}/api/contests/spring`, { headers: { authorization: `Bearer ${key}`, origin } });
  expect((await ask(server.url)).status()).toBe(200);
  expect((await ask('https://elsewhere.example')).status()).toBe(403);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the static page (${colorScheme})`, async ({ visitor }) => {
    const page = await visitor({ colorScheme, viewport: { width: 320, height: 640 } });
    await page.goto(server.url);
    await expect(page.getByText('Otter')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'A race needs more' })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}
