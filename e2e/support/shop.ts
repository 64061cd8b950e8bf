import type { Page } from '@playwright/test';

let visitors = 0;

/** Joins the shop on the page where the visitor is, or on its sign-up page. */
export async function join(page: Page, name: string): Promise<void> {
  visitors += 1;
  await page.getByLabel('First name', { exact: true }).fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}-${visitors}@example.com`);
  await page.getByLabel('Show my first name').check();
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL('**/account');
}

/** The visitor's own referral link, from the card on the account page. */
export async function readLink(page: Page): Promise<string> {
  return page.getByLabel('Your referral link').inputValue();
}

/** Buys, from the product's page to the receipt; answers the receipt's address. */
export async function buy(page: Page, shop: string, product: string): Promise<string> {
  await page.goto(`${shop}/products/${product}`);
  await page.getByRole('link', { name: /^Buy the/ }).click();
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.waitForURL('**/purchases/*');
  return page.url();
}

/** What the API says of the visitor's own place. */
export async function standing(page: Page, shop: string): Promise<{ rank: number; score: number } | null> {
  const answer = await page.request.get(`${shop}/api/contests/spring/standing`);
  return (await answer.json()).standing;
}

/** Resolves with the instant at which the visitor's own row on the board shows this score. */
export async function whenScoreIs(page: Page, score: number): Promise<number> {
  await page.waitForFunction(
    (wanted) =>
      document.querySelector('laurel-leaderboard')?.shadowRoot?.querySelector('tr[aria-current] [part~=score]')
        ?.textContent === wanted,
    String(score),
    { timeout: 15_000 },
  );
  return performance.now();
}
