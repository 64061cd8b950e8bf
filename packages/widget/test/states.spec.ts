import { board, breaches, card, expect, open, settled, test } from './helpers.ts';

const states: [title: string, query: Record<string, string>, words: RegExp][] = [
  ['card, taking part', { show: 'card', scenario: 'pinned', signed: '1' }, /128.*37.*12.*230 points/s],
  ['card, newcomer', { show: 'card', scenario: 'newcomer', signed: '1' }, /Nobody has opened your link yet/],
  ['card, some rewards', { show: 'card', scenario: 'earning', signed: '1' }, /Your rewards.*3 of 5 qualified/s],
  [
    'card, every reward',
    { show: 'card', scenario: 'rewarded', signed: '1' },
    /€45\.00.*2 referrals are being checked/s,
  ],
  ['card, open to strangers', { show: 'card', scenario: 'open' }, /E-mail address.*Terms.*Get my link/s],
  ['card, stranger', { show: 'card', scenario: 'plain' }, /Invite friends to Fernway Coffee.*Join to get your link/s],
  ['card, programme ended', { show: 'card', scenario: 'archived', signed: '1' }, /This programme has ended/],
  ['board, pinned', { show: 'board', scenario: 'pinned', signed: '1' }, /rank 47 of 240.*35 people between/s],
  ['board, in the top', { show: 'board', scenario: 'top', signed: '1' }, /25 points behind rank 3/],
  ['board, leading', { show: 'board', scenario: 'leading', signed: '1', podium: '' }, /29 points ahead of rank 2/],
  ['board, ties', { show: 'board', scenario: 'ties', signed: '1' }, /You share rank 4 of 10.*=1.*tied with 1 other/s],
  ['board, everybody tied', { show: 'board', scenario: 'equal' }, /tied with 9 others/],
  ['board, strange names', { show: 'board', scenario: 'strange', signed: '1' }, /<img src=x onerror=alert\(1\)>/],
  ['board, one row', { show: 'board', scenario: 'one', signed: '1' }, /places from 2 on are free/],
  ['board, empty', { show: 'board', scenario: 'empty', signed: '1' }, /The first place is free/],
  ['board, hidden', { show: 'board', scenario: 'hidden' }, /Under wraps until the end/],
  ['board, not started', { show: 'board', scenario: 'soon' }, /Not started yet/],
  ['board, last hour', { show: 'board', scenario: 'lastHour', signed: '1' }, /12:\d\d left/],
  ['board, ended', { show: 'board', scenario: 'ended', signed: '1', podium: '' }, /Final results.*rank 7 of 58/s],
];

for (const [title, query, words] of states) {
  test(`${title}: says so, no rule breached in light and dark`, async ({ page }) => {
    await open(page, query);
    const element = query.show === 'card' ? 'laurel-referral' : 'laurel-leaderboard';
    await settled(page, element);
    await expect(page.locator(element)).toContainText(words);
    expect(await breaches(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await breaches(page)).toEqual([]);
  });
}

test('forced colours and right-to-left: no rule breached, nothing wider than the page', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize({ width: 320, height: 800 });
  await open(page, { scenario: 'pinned', signed: '1', dir: 'rtl', podium: '' });
  await settled(page, 'laurel-referral', 'laurel-leaderboard');
  expect(await breaches(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

for (const width of [320, 480, 960]) {
  test(`strange names keep every row equally high and inside at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, { show: 'board', scenario: 'strange', signed: '1' });
    await settled(page, 'laurel-leaderboard');
    const heights = await board(page)
      .locator('tr[data-id]')
      .evaluateAll((rows) => rows.map((row) => row.clientHeight));
    expect(new Set(heights).size).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

for (const [lang, words] of [
  ['es', /Estás en el puesto 47/],
  ['pt-BR', /Você está no lugar 47/],
] as const) {
  test(`speaks ${lang}`, async ({ page }) => {
    await open(page, { scenario: 'pinned', signed: '1', lang });
    await expect(board(page)).toContainText(words);
    await expect(card(page).locator('.laurel')).toHaveAttribute('lang', lang);
  });
}

test('API down: nothing is shown, the host page stays', async ({ page }) => {
  await open(page, { scenario: 'down', signed: '1' });
  await expect(board(page).locator('.card')).toHaveCount(0);
  await expect(card(page).locator('.card')).toHaveCount(0);
  await expect(page.locator('#after')).toBeVisible();
});

test('API silent: a skeleton for at most three seconds', async ({ page }) => {
  await open(page, { scenario: 'hanging', show: 'board' });
  await expect(board(page).locator('.bones')).toBeVisible();
  await page.waitForTimeout(3100);
  await expect(board(page).locator('.bones')).toBeHidden();
});
