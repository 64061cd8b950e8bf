import { breaches, card, errors, expect, open, test } from './helpers.ts';

const signed = { show: 'card', signed: '1' };

test('rewards: sums by currency, state of each, milestones as progress', async ({ page }) => {
  await open(page, { ...signed, scenario: 'rewarded' });
  const wallet = card(page).locator('.wallet');
  await expect(wallet).toContainText(/Earned.*€45\.00.*Being checked.*€20\.00.*On its way.*€30\.00.*Paid.*€120\.00/s);
  await expect(wallet).toContainText('¥120,000');
  await expect(wallet.getByRole('progressbar', { name: 'Regular' })).toHaveJSProperty('value', 12);
  await expect(wallet).toContainText('12 of 20 qualified · 8 to go');
  await expect(wallet.locator('.reward')).toHaveCount(5);
  await expect(wallet.locator('.reward').first()).toContainText(/Being checked until/);
});

test('rewards: until when the sum is checked, once all of it is known', async ({ page }) => {
  await open(page, { ...signed, scenario: 'earning' });
  await expect(card(page).locator('.sum.checked')).toContainText(/Being checked until \w+ \d+/);
});

test('rewards: more by the keyboard, focus stays in the list', async ({ page }) => {
  await open(page, { ...signed, scenario: 'rewarded' });
  const rows = card(page).locator('.reward');
  const more = card(page).locator('.wallet').getByRole('button', { name: 'Show more' });
  await more.press('Enter');
  await expect(rows).toHaveCount(10);
  await more.press('Enter');
  await expect(rows).toHaveCount(12);
  await expect(more).toHaveCount(0);
  await expect(rows.nth(10)).toBeFocused();
  await expect(card(page).locator('.wallet')).toContainText(
    /Above the limit.*Waiting for supply.*Not counted.*Taken back.*Expired/s,
  );
});

test('rewards: a page that does not come says so and loses nothing', async ({ page }) => {
  const act = await open(page, { ...signed, scenario: 'rewarded' });
  const more = card(page).locator('.wallet').getByRole('button', { name: 'Show more' });
  await more.waitFor();
  await act('break');
  await more.click();
  await expect(card(page).locator('.wallet')).toContainText('That did not load. Nothing was lost');
  await expect(card(page).locator('.reward')).toHaveCount(5);
  await act('heal');
  await more.click();
  await expect(card(page).locator('.reward')).toHaveCount(10);
});

test('rewards: a coupon code is copied and said', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, { ...signed, scenario: 'rewarded' });
  await card(page).getByRole('button', { name: 'Copy code' }).click();
  await expect(card(page).locator('[aria-live]')).toHaveText('Code copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('MIRA-10-7K2F');
});

test('rewards: a live message shows the new one', async ({ page }) => {
  const act = await open(page, { ...signed, scenario: 'earning' });
  await expect(card(page).locator('.reward')).toHaveCount(3);
  await page.waitForTimeout(300);
  await act('reward');
  await expect(card(page).locator('.reward').first()).toContainText('Just now');
  await expect(card(page).locator('.sum.earned')).toContainText('€30.00');
});

test('nothing earned, nothing checked: neither file is read, the rest is there', async ({ page }) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await open(page, { ...signed, scenario: 'pinned' });
  await expect(card(page).getByRole('button', { name: 'QR code' })).toBeVisible();
  await expect.poll(() => files.filter((file) => /\/(wallet|reviews)$/.test(file)).length).toBe(2);
  await page.waitForTimeout(200);
  for (const part of ['wallet', 'appeal', 'qr', 'settings', 'signup', 'join', 'invitation'])
    expect(files).not.toContain(`/laurel-${part}.js`);
});

test('rewards and reviews go with the participant', async ({ page }) => {
  await open(page, { ...signed, scenario: 'rewarded' });
  await card(page).locator('.wallet').waitFor();
  await page.evaluate(() => (window as unknown as { Laurel: { identify(token: null): void } }).Laurel.identify(null));
  await expect(card(page).getByRole('button', { name: 'Join to get your link' })).toBeVisible();
  await expect(card(page).locator('.wallet, .reviews, .tool')).toHaveCount(0);
});

test('a referral that was not counted: why, kindly, and an appeal that counts once', async ({ page }) => {
  await open(page, { ...signed, scenario: 'checked' });
  const reviews = card(page).locator('.reviews');
  await expect(reviews).toContainText('2 referrals are being checked');
  await reviews.getByText('2 referrals were not counted').click();
  await expect(reviews).toContainText(/Joaquim.*invited yourself.*went faster/s);
  await reviews.getByRole('button', { name: 'Ask for another look' }).press('Enter');
  const text = reviews.getByLabel('What should we know about it?');
  await expect(text).toBeFocused();
  await reviews.getByRole('button', { name: 'Send' }).click();
  await expect(reviews).toContainText('Please write a sentence or two.');
  await expect(text).toBeFocused();
  await text.fill('fail');
  await reviews.getByRole('button', { name: 'Send' }).click();
  await expect(reviews).toContainText('What you typed is still here');
  await expect(text).toHaveValue('fail');
  expect(await breaches(page)).toEqual([]);
  await text.fill('It was my brother, on the same network.');
  await reviews.getByRole('button', { name: 'Send' }).click();
  await expect(reviews.getByText('You asked for another look')).toHaveCount(2);
  await expect(reviews.getByRole('button', { name: 'Ask for another look' })).toHaveCount(0);
});

test('an appeal against what was decided meanwhile shows what is true now', async ({ page }) => {
  await page.route(/\/appeal$/, (route) =>
    route.fulfill({ status: 409, contentType: 'application/problem+json', json: { code: 'review_state_conflict' } }),
  );
  await open(page, { ...signed, scenario: 'checked' });
  const reviews = card(page).locator('.reviews');
  await reviews.getByText('2 referrals were not counted').click();
  await reviews.getByRole('button', { name: 'Ask for another look' }).click();
  await reviews.getByLabel('What should we know about it?').fill('It was my brother.');
  const again = page.waitForResponse(/\/friends\/reviews/);
  await reviews.getByRole('button', { name: 'Send' }).click();
  await again;
  await expect(reviews.locator('form')).toHaveCount(0);
});

test('choosing a code: refusals in words, then a new link', async ({ page }) => {
  await open(page, { ...signed, scenario: 'pinned' });
  await card(page).getByRole('button', { name: 'Your code' }).press('Enter');
  const input = card(page).getByLabel('The code in your link');
  await expect(input).toHaveValue('MIRA-7K2F');
  const save = card(page)
    .locator('form')
    .filter({ has: page.locator('#code') })
    .getByRole('button');
  for (const [code, words] of [
    ['a b', /3 to 40 letters/],
    ['taken', /Somebody else has that code/],
    ['admin', /not to be had/],
    ['many', /as many codes as there can be/],
  ] as const) {
    await input.fill(code);
    await save.click();
    await expect(card(page).locator('#code-sent')).toHaveText(words);
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(input).toHaveValue(code);
  }
  await input.fill('MIRA');
  await input.press('Enter');
  await expect(card(page).locator('#code-sent')).toContainText('older links keep working');
  await expect(card(page).locator('.linkbox input')).toHaveValue('https://fernway.example/r/MIRA');
});

test('the name invited people see: shown, changed, hidden', async ({ page }) => {
  await open(page, { ...signed, scenario: 'pinned' });
  await card(page).getByRole('button', { name: 'Your code' }).click();
  const input = card(page).getByLabel('The name invited people see');
  await expect(input).toHaveValue('Mira');
  await input.fill('Mira R.');
  await input.press('Enter');
  await expect(card(page).locator('#introduced-sent')).toHaveText('Saved. Invited people see “Mira R.”.');
  await input.fill('');
  await input.press('Enter');
  await expect(card(page).locator('#introduced-sent')).toHaveText('Saved. Invited people see no name.');
});

test('clicks by channel, each with its name', async ({ page }) => {
  await open(page, { ...signed, scenario: 'pinned' });
  const tool = card(page).getByRole('button', { name: 'Channels' });
  await tool.click();
  await expect(tool).toHaveAttribute('aria-expanded', 'true');
  await expect(card(page).getByRole('row', { name: 'WhatsApp 81 26 12' })).toBeVisible();
  await expect(card(page).getByRole('row', { name: 'QR code 17 4 2' })).toBeVisible();
  await expect(card(page).getByRole('row', { name: 'Link itself 30 7 5' })).toBeVisible();
  expect(await breaches(page)).toEqual([]);
  await tool.click();
  await expect(card(page).locator('.channels')).toHaveCount(0);
});

test('the QR code is kept as SVG and PNG, and printed on a card, under a strict policy', async ({ page, context }) => {
  await context.addInitScript(() => {
    const scope = window as unknown as { violations: string[]; print(): void };
    scope.violations = [];
    addEventListener('securitypolicyviolation', (event) => scope.violations.push(event.violatedDirective));
    scope.print = () => {
      document.documentElement.dataset.printed = '1';
    };
  });
  await open(page, { ...signed, scenario: 'pinned', csp: '1' });
  await card(page).getByRole('button', { name: 'QR code' }).click();
  await expect(card(page).getByRole('img', { name: 'QR code of your referral link' })).toBeVisible();
  for (const [name, file] of [
    ['Save as SVG', 'friends-qr.svg'],
    ['Save as PNG', 'friends-qr.png'],
  ] as const) {
    const download = page.waitForEvent('download');
    await card(page).getByRole('button', { name }).click();
    expect((await download).suggestedFilename()).toBe(file);
  }
  const opened = page.waitForEvent('popup');
  await card(page).getByRole('button', { name: 'Print a card' }).click();
  const paper = await opened;
  await expect(paper.locator('html')).toHaveAttribute('data-printed', '1');
  await expect(paper.locator('main')).toContainText(/Give a friend a bag of coffee.*fernway\.example\/r\/MIRA-7K2F/s);
  const { width, height } = (await paper.locator('svg').boundingBox()) ?? { width: 0, height: 1 };
  expect(Math.round(width)).toBe(Math.round(height));
  expect(width).toBeGreaterThan(150);
  const violations = (each: typeof page) =>
    each.evaluate(() => (window as unknown as { violations: string[] }).violations);
  expect(await violations(page)).toEqual([]);
  await paper.close();
});

test('without the file of a tool: said, and the card stays', async ({ page }) => {
  await page.route(/laurel-qr\.js/, (route) => route.abort());
  await open(page, { ...signed, scenario: 'pinned' });
  await card(page).getByRole('button', { name: 'QR code' }).click();
  await expect(card(page).locator('.toolbox')).toContainText('That did not load');
  await expect(card(page).locator('.linkbox input')).toBeVisible();
});

test('rewards that make no sense: the card without them', async ({ page }) => {
  await page.route(/\/wallet\?/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), balances: 'many' } });
  });
  const codes = await errors(page);
  await open(page, { ...signed, scenario: 'rewarded' });
  await expect.poll(codes).toEqual(['unexpected_response']);
  await expect(card(page).getByRole('button', { name: 'QR code' })).toBeVisible();
  await expect(card(page).locator('.wallet')).toHaveCount(0);
});

test('reviews that do not come leave the rewards, and the other way round', async ({ page }) => {
  const shown = { wallet: '.reviews', reviews: '.wallet' };
  for (const [path, other] of Object.entries(shown)) {
    await page.route(new RegExp(`/${path}\\?`), (route) =>
      route.fulfill({ status: 503, json: { code: 'unavailable' } }),
    );
    await open(page, { ...signed, scenario: 'rewarded' });
    await expect(card(page).locator(other)).toBeVisible();
    await page.unrouteAll({ behavior: 'wait' });
  }
});

for (const dir of ['ltr', 'rtl']) {
  test(`strange and long names, everything open at 320 px, ${dir}: inside, no rule breached`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 900 });
    await open(page, { ...signed, scenario: 'strangeRewards', dir });
    await card(page).locator('.wallet').waitFor();
    await card(page).getByText('1 referral was not counted').click();
    await card(page).getByRole('button', { name: 'Ask for another look' }).click();
    for (const tool of ['QR code', 'Channels', 'Your code']) {
      await card(page).getByRole('button', { name: tool }).click();
      await expect(card(page).locator('.toolbox > *').first()).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), tool).toBe(320);
    }
    expect(await breaches(page)).toEqual([]);
  });
}
