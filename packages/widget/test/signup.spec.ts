import type { Page } from '@playwright/test';
import { breaches, card, expect, open, test } from './helpers.ts';

const openProgram = { show: 'card', scenario: 'open' };

async function fill(page: Page, email: string): Promise<void> {
  await card(page).getByLabel('E-mail address').fill(email);
  await card(page).getByRole('checkbox').check();
  await card(page).getByRole('button', { name: 'Get my link' }).click();
}

/** The bodies of what is asked of the API. */
function bodiesOf(page: Page, path: RegExp): unknown[] {
  const bodies: unknown[] = [];
  page.on('request', (request) => {
    if (path.test(request.url()) && request.method() === 'POST') bodies.push(request.postDataJSON());
  });
  return bodies;
}

test('joining by the keyboard: address, name, consent, and how the visitor came', async ({ page }) => {
  const bodies = bodiesOf(page, /\/join$/);
  await open(page, { ...openProgram, ref: 'ADA', laurel: '1' });
  const form = card(page).getByRole('button', { name: 'Get my link' });
  await form.waitFor();
  expect(await breaches(page)).toEqual([]);
  await card(page).getByLabel('E-mail address').focus();
  await page.keyboard.type('mira@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Mira');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(card(page).getByRole('link', { name: 'Terms' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(card(page).locator('.sent')).toBeFocused();
  await expect(card(page).locator('.sent')).toContainText(/Check your inbox.*mira@example\.com/s);
  await expect(card(page).locator('[aria-live]')).toHaveText('Check your inbox');
  expect(await breaches(page)).toEqual([]);
  expect(bodies).toEqual([
    {
      email: 'mira@example.com',
      displayName: 'Mira',
      consent: true,
      consentText: expect.stringMatching(/^I take part in the referral programme/),
      locale: 'en',
      referralCode: 'ADA',
    },
  ]);
});

test('who comes back from this origin is sent back to this page, without a token in it', async ({ page, baseURL }) => {
  const bodies = bodiesOf(page, /\/join$/);
  await page.route(/\/programs\/friends$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), landingOrigins: [baseURL] } });
  });
  await open(page, { ...openProgram, laurel_confirm: 'old' });
  await expect(card(page).locator('.note')).toContainText('used already or is too old');
  await fill(page, 'mira@example.com');
  await expect(card(page).locator('.sent')).toBeVisible();
  expect((bodies[0] as { returnTo: string }).returnTo).toMatch(/^http:.*\/page\?show=card&scenario=open%40[\w-]+$/);
});

test('what is missing or wrong is said at its field, which has the focus', async ({ page }) => {
  const bodies = bodiesOf(page, /\/join$/);
  await open(page, openProgram);
  const email = card(page).getByLabel('E-mail address');
  await email.fill('mira');
  await email.press('Enter');
  await expect(card(page).locator('#email-problem')).toContainText('does not look like an e-mail address');
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await email.fill('mira@example.com');
  await email.press('Enter');
  await expect(card(page).locator('#consent-problem')).toHaveText('Please tick this to take part.');
  await expect(card(page).getByRole('checkbox')).toBeFocused();
  await expect(card(page).locator('#email-problem')).toHaveText('');
  expect(bodies).toEqual([]);
  expect(await breaches(page)).toEqual([]);
});

for (const [name, words] of [
  ['busy', /many tries in a short time/],
  ['down', /No message can be sent right now/],
] as const) {
  test(`${name}: said in words, nothing typed is lost`, async ({ page }) => {
    await open(page, openProgram);
    await fill(page, `${name}@example.com`);
    await expect(card(page).locator('.note')).toHaveText(words);
    await expect(card(page).getByLabel('E-mail address')).toHaveValue(`${name}@example.com`);
    await expect(card(page).getByRole('checkbox')).toBeChecked();
    expect(await breaches(page)).toEqual([]);
  });
}

test('a text that changed meanwhile is shown, and agreed to anew', async ({ page }) => {
  const bodies = bodiesOf(page, /\/join$/);
  await open(page, openProgram);
  await fill(page, 'outdated@example.com');
  await expect(card(page).locator('#consent-problem')).toContainText('The text has changed meanwhile');
  await expect(card(page).locator('.agree')).toContainText('My data stays in the EU.');
  await expect(card(page).getByRole('checkbox')).not.toBeChecked();
  await card(page).getByRole('checkbox').check();
  await card(page).getByRole('button', { name: 'Get my link' }).click();
  await expect(card(page).locator('.sent')).toBeVisible();
  expect((bodies[1] as { consentText: string }).consentText).toContain('My data stays in the EU.');
});

test('no connection: said, and sent again from where it was', async ({ page }) => {
  await open(page, openProgram);
  await page.route(/\/join$/, (route) => route.abort(), { times: 1 });
  await fill(page, 'mira@example.com');
  await expect(card(page).locator('.note')).toContainText('did not get through');
  await card(page).getByRole('button', { name: 'Get my link' }).click();
  await expect(card(page).locator('.sent')).toBeVisible();
  await card(page).getByRole('button', { name: 'Use another address' }).click();
  await expect(card(page).getByLabel('E-mail address')).toHaveValue('mira@example.com');
});

test('the message’s link signs in: own card, welcome, clean address, an event', async ({ page }) => {
  await page.addInitScript(() => {
    document.addEventListener('laurel:joined', (event) => {
      document.title = JSON.stringify((event as CustomEvent).detail);
    });
  });
  const asked = bodiesOf(page, /\/confirm$/);
  await open(page, { ...openProgram, laurel_confirm: 'good-1', keep: '1' });
  await expect(card(page).locator('.linkbox input')).toHaveValue('https://fernway.example/r/MIRA-7K2F');
  await expect(card(page).locator('#hint')).toContainText('Welcome. This link is yours');
  await expect(page).toHaveTitle('{"program":"friends","referralCode":"MIRA-7K2F"}');
  expect(page.url()).not.toContain('laurel_confirm');
  expect(page.url()).toContain('keep=1');
  expect(asked).toEqual([{ token: 'good-1' }]);
});

test('who signs out after that may join again', async ({ page }) => {
  await open(page, { ...openProgram, laurel_confirm: 'good-0' });
  await expect(card(page).locator('.linkbox input')).toBeVisible();
  await page.evaluate(() => (window as unknown as { Laurel: { identify(token: null): void } }).Laurel.identify(null));
  await expect(card(page).getByLabel('E-mail address')).toBeVisible();
});

test('two cards of one page confirm once', async ({ page }) => {
  const asked = bodiesOf(page, /\/confirm$/);
  await page.addInitScript(() =>
    addEventListener('DOMContentLoaded', () => {
      const first = document.querySelector('laurel-referral') as Element;
      first.after(first.cloneNode());
    }),
  );
  await open(page, { ...openProgram, laurel_confirm: 'good-2' });
  await expect(card(page).locator('.linkbox input')).toHaveCount(2);
  expect(asked).toHaveLength(1);
});

test('a used link: said, the address clean, a form for a new one', async ({ page }) => {
  await open(page, { ...openProgram, laurel_confirm: 'used' });
  await expect(card(page).locator('.note')).toContainText('used already or is too old');
  await expect(card(page).getByLabel('E-mail address')).toBeVisible();
  expect(page.url()).not.toContain('laurel_confirm');
  expect(await breaches(page)).toEqual([]);
});

test('a link without a connection keeps its token and is tried again', async ({ page }) => {
  await page.route(/\/confirm$/, (route) => route.abort(), { times: 1 });
  await open(page, { ...openProgram, laurel_confirm: 'good-3' });
  await expect(card(page).locator('.note')).toContainText('there was no connection');
  expect(page.url()).toContain('laurel_confirm=good-3');
  await card(page).getByRole('button', { name: 'Try again' }).click();
  await expect(card(page).locator('.linkbox input')).toBeVisible();
});

test('a programme of the host’s, one with a join-url, and one that ended have no form', async ({ page }) => {
  await open(page, { show: 'card', scenario: 'plain' });
  await expect(card(page).getByRole('button', { name: 'Join to get your link' })).toBeVisible();
  await open(page, { ...openProgram, 'join-url': '/sign-up' });
  await expect(card(page).getByRole('link', { name: 'Join to get your link' })).toBeVisible();
  await open(page, { show: 'card', scenario: 'openEnded' });
  await expect(card(page)).toContainText('This programme has ended');
  await expect(card(page).locator('form')).toHaveCount(0);
});

test('the form right-to-left, in forced colours, at 320 px: inside, no rule breached', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize({ width: 320, height: 900 });
  await open(page, { ...openProgram, dir: 'rtl', lang: 'es' });
  await expect(card(page).getByRole('button', { name: 'Quiero mi enlace' })).toBeVisible();
  expect(await breaches(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});
