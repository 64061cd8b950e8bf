import type { Page } from '@playwright/test';
import { board, card, errors, expect, open, settled, test } from './helpers.ts';

type Answer = Record<string, unknown>;

/** Changes what the API answers on paths that match. */
const spoil = (page: Page, path: RegExp, change: (answer: Answer) => unknown) =>
  page.route(path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: change(await response.json()) });
  });

const rows = (answer: Answer, change: Answer) => (answer.items as Answer[]).map((row) => ({ ...row, ...change }));

const wrong: [title: string, path: RegExp, change: (answer: Answer) => unknown][] = [
  [
    'a board whose scores are text',
    /\/leaderboard\?/,
    (answer) => ({ ...answer, items: rows(answer, { score: '9' }) }),
  ],
  [
    'a board whose names are elements',
    /\/leaderboard\?/,
    (answer) => ({ ...answer, items: rows(answer, { name: {} }) }),
  ],
  ['a board without rows', /\/leaderboard\?/, ({ items, ...answer }) => answer],
  ['a contest in a state nobody knows', /\/contests\/spring$/, (answer) => ({ ...answer, state: 'melting' })],
  ['a contest that ends at no time', /\/contests\/spring$/, (answer) => ({ ...answer, endsAt: 'soon' })],
  ['a page of something else', /\/contests\/spring$/, () => ['hello']],
];

for (const [title, path, change] of wrong) {
  test(`${title}: silence, as when the API is down`, async ({ page }) => {
    const codes = await errors(page);
    await spoil(page, path, change);
    await open(page, { scenario: 'leading', signed: '1' });
    await settled(page, 'laurel-referral');
    await expect.poll(codes).toEqual(['unexpected_response']);
    await expect(board(page).locator('.card')).toHaveCount(0);
    await expect(page.locator('#after')).toBeVisible();
  });
}

test('a card with numbers that are none: silence', async ({ page }) => {
  const codes = await errors(page);
  await spoil(page, /\/friends\/me$/, (answer) => ({ ...answer, counts: null }));
  await open(page, { scenario: 'leading', signed: '1', show: 'card' });
  await expect.poll(codes).toEqual(['unexpected_response']);
  await expect(card(page).locator('.card')).toHaveCount(0);
});

test('an own place that makes no sense: the board without it', async ({ page }) => {
  await spoil(page, /\/standing\?/, (answer) => ({ ...answer, standing: { rank: 1.5 } }));
  await open(page, { scenario: 'leading', signed: '1', show: 'board' });
  await settled(page, 'laurel-leaderboard');
  await expect(board(page).locator('.mine')).toHaveCount(0);
});

test('what a newer server adds changes nothing', async ({ page }) => {
  const codes = await errors(page);
  await spoil(page, /\/(leaderboard|standing)\?|\/spring$|\/friends(\/me)?$/, (answer) => ({ ...answer, added: [{}] }));
  await open(page, { scenario: 'leading', signed: '1' });
  await settled(page, 'laurel-referral', 'laurel-leaderboard');
  expect(await codes()).toEqual([]);
});

test('a live message that makes no sense is not drawn; the board is read again', async ({ page }) => {
  const act = await open(page, { scenario: 'leading', signed: '1', show: 'board' });
  await settled(page, 'laurel-leaderboard');
  await expect(board(page).locator('.dot.on')).toBeVisible();
  const first = board(page).locator('tr[data-id]').first();
  await expect(first.locator('.name')).not.toHaveText('Ines');
  const again = page.waitForResponse(/\/leaderboard\?/, { timeout: 10_000 });
  await act('nonsense', { who: '4', points: '400' });
  await again;
  await expect(first.locator('.name')).toHaveText('Ines');
  await expect(first.locator('.score')).toHaveText(/\d/);
});
