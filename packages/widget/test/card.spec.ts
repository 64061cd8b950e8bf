import { card, expect, open, settled, test } from './helpers.ts';

test('copies by mouse and keyboard, says so, moves nothing', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, { show: 'card', scenario: 'pinned', signed: '1' });
  await settled(page, 'laurel-referral');
  const copied = page.evaluate(
    () => new Promise((resolve) => addEventListener('laurel:copy', (event) => resolve((event as CustomEvent).detail))),
  );
  const button = card(page).getByRole('button', { name: 'Copy link' });
  const before = await button.boundingBox();
  await button.click();
  await expect(card(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  await expect(card(page).locator('[aria-live]')).toHaveText('Link copied');
  expect(await card(page).locator('button').first().boundingBox()).toEqual(before);
  expect(await copied).toEqual({ link: 'https://fernway.example/r/MIRA-7K2F' });
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://fernway.example/r/MIRA-7K2F');
  await expect(button).toBeVisible();
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(card(page).getByRole('button', { name: 'Copied' })).toBeVisible();
});

test('selects the link on focus, and where copying is refused', async ({ page }) => {
  await open(page, { show: 'card', scenario: 'pinned', signed: '1', fight: 'clipboard' });
  await settled(page, 'laurel-referral');
  await page.evaluate(() => {
    document.execCommand = () => false;
  });
  await card(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(card(page).locator('[aria-live]')).toContainText('The link is selected');
  const selected = await card(page)
    .locator('input')
    .evaluate((input: HTMLInputElement) => input.selectionEnd);
  expect(selected).toBe('https://fernway.example/r/MIRA-7K2F'.length);
});

test('shares by plain links that carry their channel, reachable by keyboard', async ({ page }) => {
  await open(page, { show: 'card', scenario: 'pinned', signed: '1' });
  await settled(page, 'laurel-referral');
  await expect(card(page).locator('.targets a')).toHaveCount(6);
  const links = await card(page)
    .locator('.targets a')
    .evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
  expect(links).toHaveLength(6);
  for (const [index, channel] of ['email', 'whatsapp', 'x', 'facebook', 'linkedin', 'telegram'].entries()) {
    expect(decodeURIComponent(links[index] ?? '')).toContain(`https://fernway.example/r/MIRA-7K2F?channel=${channel}`);
  }
  await card(page).locator('input').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(card(page).getByRole('link', { name: 'E-mail' })).toBeFocused();
});

test('offers the browser’s own share sheet first where there is one', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', {
      value: async (data: ShareData) => {
        document.title = data.url ?? '';
      },
    });
  });
  await open(page, { show: 'card', scenario: 'pinned', signed: '1' });
  await card(page).getByRole('button', { name: 'Share' }).click();
  await expect(page).toHaveTitle('https://fernway.example/r/MIRA-7K2F?channel=share');
});

test('a stranger joins by event, or by an allowed link', async ({ page }) => {
  await open(page, { show: 'card', scenario: 'plain' });
  await settled(page, 'laurel-referral');
  await page.evaluate(() => {
    const scope = window as unknown as { Laurel: { on(name: string, handler: (detail: object) => void): void } };
    scope.Laurel.on('join', (detail) => {
      document.title = JSON.stringify(detail);
    });
  });
  await card(page).getByRole('button', { name: 'Join to get your link' }).press('Enter');
  await expect(page).toHaveTitle('{"program":"friends"}');
  await card(page).evaluate((element) => element.setAttribute('join-url', '/sign-up'));
  await expect(card(page).getByRole('link', { name: 'Join to get your link' })).toHaveAttribute('href', /\/sign-up$/);
  await card(page).evaluate((element) => element.setAttribute('join-url', 'javascript:alert(1)'));
  await expect(card(page).getByRole('link')).toHaveCount(0);
});

test('identify shows the visitor’s own card, null takes it away', async ({ page }) => {
  await open(page, { show: 'card', scenario: 'plain' });
  await settled(page, 'laurel-referral');
  const identify = (token: string | null) =>
    page.evaluate((value) => {
      const scope = window as unknown as { Laurel: { identify(token: string | null): void } };
      scope.Laurel.identify(value);
    }, token);
  await identify('token-of-the-reader');
  await expect(card(page).locator('input')).toHaveValue('https://fernway.example/r/MIRA-7K2F');
  await identify(null);
  await expect(card(page).getByRole('button', { name: 'Join to get your link' })).toBeVisible();
});

test('a cookie session signs in; without one the visitor is a stranger', async ({ page, context, baseURL }) => {
  await open(page, { show: 'card', scenario: 'plain', session: '' });
  await expect(card(page).getByRole('button', { name: 'Join to get your link' })).toBeVisible();
  await context.addCookies([{ name: 'session', value: '1', url: baseURL ?? '' }]);
  await open(page, { show: 'card', scenario: 'plain', session: '' });
  await expect(card(page).locator('input')).toBeVisible();
});

test('numbers follow live messages', async ({ page }) => {
  const act = await open(page, { show: 'card', scenario: 'pinned', signed: '1' });
  await settled(page, 'laurel-referral');
  await page.waitForTimeout(300);
  await act('me');
  await expect(card(page).locator('.stats')).toContainText('140');
});
