import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { freePort, type Running, startExample } from './support/server.ts';
import { buy, join } from './support/shop.ts';
import { embedded, type Storage } from './support/storage.ts';
import { expect, test } from './support/visitors.ts';

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

const open = ['/', '/products/lantern', '/join', '/sign-in', '/contest', '/letter', '/mailbox', '/staff', '/draw'];

/** Visits every page of the shop, first as a stranger, then as a customer. */
async function everyPage(page: Page, look: (path: string) => Promise<void>): Promise<void> {
  const visit = async (path: string) => {
    await page.goto(server.url + path);
    if (['/contest', '/account'].includes(path)) await expect(page.getByRole('heading').nth(1)).toBeVisible();
    await look(path);
  };
  for (const path of open) await visit(path);
  await page.goto(`${server.url}/join`);
  await join(page, 'Mara');
  const receipt = new URL(await buy(page, server.url, 'skylark')).pathname;
  for (const path of ['/checkout/kestrel', receipt, '/account', '/contest']) await visit(path);
  await page.goto(server.url + receipt);
  await page.getByRole('button', { name: 'Return it' }).click();
  await look('returned');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page (${colorScheme})`, async ({ visitor }) => {
    const page = await visitor({ colorScheme });
    await everyPage(page, async (path) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${path}: ${id} ${nodes.map(({ target }) => target.join(' '))}`);
      expect.soft(found).toEqual([]);
    });
  });
}

test('nothing is wider than a screen of 320 pixels', async ({ visitor }) => {
  const page = await visitor({ viewport: { width: 320, height: 640 } });
  await everyPage(page, async (path) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(width, path).toBeLessThanOrEqual(320);
  });
});

test('joining, buying and reading the board work by keyboard alone', async ({ visitor }) => {
  const page = await visitor();
  const reach = async (name: string) => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return (
          element?.textContent?.trim() || (element as HTMLInputElement | null)?.labels?.[0]?.textContent?.trim() || ''
        );
      });
      if (focused.startsWith(name)) return;
    }
    throw new Error(`Tab never reached "${name}".`);
  };
  await page.goto(server.url);
  await reach('Skip to the page');
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await reach('Skylark');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/products/skylark');
  await reach('Buy the Skylark');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/join?next=*');
  await reach('First name');
  await page.keyboard.type('Kim');
  await reach('E-mail');
  await page.keyboard.type('kim@example.com');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/checkout/skylark');
  await reach('Buy now');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/purchases/*');
  await reach('Spring Rally');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/contest');
  await expect(page.getByRole('tab', { name: 'Overall' })).toBeVisible();
  await reach('Overall');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'This week' })).toHaveAttribute('aria-selected', 'true');
});

test('a form with a slip in it says so beside the field and keeps what was typed', async ({ visitor }) => {
  const page = await visitor();
  await page.goto(`${server.url}/join`);
  await page.getByLabel('First name', { exact: true }).fill('<b>Ana</b>');
  await page.getByLabel('E-mail').fill('ana@example.com');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(
    'This address has an account already. Sign in instead.',
  );
  await expect(page.getByLabel('First name', { exact: true })).toHaveValue('<b>Ana</b>');
});
