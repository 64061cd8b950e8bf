import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { freePort, type Running, startExample } from './support/server.ts';
import { join } from './support/shop.ts';
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

const contest = (page: Page, slug: string) => page.locator(`laurel-contest[contest="${slug}"]`);
const board = (page: Page, view: string) => page.locator(`laurel-leaderboard[view="${view}"]`);

/** The page as Freya sees it, who is there from the start, once all of it is there. */
async function asFreya(visitor: (options?: BrowserContextOptions) => Promise<Page>, options?: BrowserContextOptions) {
  const page = await visitor(options);
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel('E-mail').fill('freya@example.com');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/account');
  await page.goto(`${server.url}/contests`);
  await expect(board(page, 'friends').getByRole('row')).toHaveCount(6);
  await expect(contest(page, 'breeze').getByText('Try your luck')).toBeVisible();
  return page;
}

test('every further kind of contest is alive for somebody who takes part', async ({ visitor }) => {
  const page = await asFreya(visitor);
  const cohort = board(page, 'cohort');
  await expect(cohort.getByText('Division Breeze, group 1')).toBeVisible();
  await expect(cohort.getByRole('row')).toHaveCount(11);
  await expect(board(page, 'teams').getByRole('row', { name: /Low and slow/ })).toContainText('4 members');
  await expect(contest(page, 'kite-cup').getByText('Those with equal points share the place')).toBeVisible();
  await expect(contest(page, 'workshop')).toContainText(/You are number \d+ of 12\./);
  await expect(contest(page, 'ladder')).toContainText(/reached.*1 point to go/s);
  await contest(page, 'ladder').getByRole('button', { name: 'Check in' }).click();
  await expect(contest(page, 'ladder')).not.toContainText('1 point to go');
  const game = contest(page, 'breeze');
  await game.getByRole('button', { name: 'Play' }).click();
  await expect(game).toContainText('1 play left today');
});

test('a newcomer stands at the end of the line, and friends move them up', async ({ visitor }) => {
  const rosa = await visitor();
  await rosa.goto(`${server.url}/join`);
  await join(rosa, 'Rosa');
  await rosa.goto(`${server.url}/contests`);
  const line = contest(rosa, 'workshop');
  await line.getByRole('checkbox').first().check();
  await line.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(line).toContainText('You are number 13 of 13.');
  const link = await line.getByRole('textbox').inputValue();
  // Everybody in the line before her brought somebody: with one friend she stands level with the last, and came later.
  for (const name of ['Felix', 'Flora']) {
    const friend = await visitor();
    await friend.goto(link);
    await friend.getByRole('link', { name: 'Join Lark & Line' }).click();
    await join(friend, name);
  }
  await expect(async () => {
    await rosa.reload();
    await expect(line).toContainText(/You are number (?!13)\d+ of 13\./, { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
});

for (const width of [1280, 360]) {
  test(`axe finds nothing in light and dark, and nothing is wider than the page (${width} pixels)`, async ({
    visitor,
  }) => {
    const page = await asFreya(visitor, { viewport: { width, height: 800 } });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' '))}`)).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
