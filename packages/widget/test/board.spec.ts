import { board, breaches, expect, open, settled, test } from './helpers.ts';

const names = (page: Parameters<typeof board>[0]) => board(page).locator('tr[data-id] .name').allTextContents();

test('moves by live messages without reading again, and says so at most once in five seconds', async ({ page }) => {
  const act = await open(page, { show: 'board', scenario: 'leading', signed: '1' });
  await settled(page, 'laurel-leaderboard');
  await expect(board(page).locator('.dot.on')).toBeVisible();
  const lists: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/leaderboard')) lists.push(request.url());
  });
  await act('score', { who: '4', points: '400' });
  await expect.poll(() => names(page).then((all) => all[0])).toBe('Ines');
  await expect(board(page).locator('[aria-live]')).toContainText(/You are now at rank 2|Ines is now first/);
  await act('score', { who: '5', points: '900' });
  await expect.poll(() => names(page).then((all) => all[0])).toBe('Oskar');
  await expect(board(page).locator('[aria-live]')).not.toContainText('Oskar');
  await expect(board(page).locator('.place')).toContainText('rank 3 of 24');
  expect(lists).toEqual([]);
  await expect(board(page).locator('[aria-live]')).toContainText('rank 3', { timeout: 7000 });
});

test('rows under the pointer or with focus stay, a pill offers the changes', async ({ page }) => {
  const act = await open(page, { show: 'board', scenario: 'leading', signed: '1' });
  await settled(page, 'laurel-leaderboard');
  await expect(board(page).locator('.dot.on')).toBeVisible();
  await board(page).locator('tr[data-id]').nth(2).hover();
  await act('score', { who: '4', points: '400' });
  const pill = board(page).getByRole('button', { name: /Show \d+ changes/ });
  await expect(pill).toBeVisible();
  expect((await names(page))[0]).toBe('Mira');
  await pill.click();
  expect((await names(page))[0]).toBe('Ines');
  await page.mouse.move(0, 0);
  await board(page).locator('tr[data-id]').nth(1).focus();
  await act('score', { who: '5', points: '900' });
  await expect(pill).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await page.locator('h1').click();
  await expect.poll(() => names(page).then((all) => all[0])).toBe('Oskar');
});

test('one Tab stop for the rows, arrows walk them, a long name is shown whole', async ({ page }) => {
  await open(page, { show: 'board', scenario: 'strange', signed: '1' });
  await settled(page, 'laurel-leaderboard');
  const rows = board(page).locator('tr[data-id]');
  await page.keyboard.press('Tab');
  await expect(rows.nth(8)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows.first()).toBeFocused();
  const [shown, whole] = await rows
    .first()
    .locator('.name')
    .evaluate((name) => [name.clientWidth, name.scrollWidth]);
  expect(whole).toBe(shown);
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
});

test('shows more by cursor, until all are there', async ({ page }) => {
  await open(page, { show: 'board', scenario: 'ended', signed: '1' });
  await settled(page, 'laurel-leaderboard');
  const more = board(page).getByRole('button', { name: 'Show more' });
  for (const rows of [20, 30, 40, 50, 58]) {
    await more.press('Enter');
    await expect(board(page).locator('tr[data-id]')).toHaveCount(rows);
  }
  await expect(more).toHaveCount(0);
});

test('a page that does not load says so and keeps the rows', async ({ page }) => {
  const act = await open(page, { show: 'board', scenario: 'ended' });
  await settled(page, 'laurel-leaderboard');
  await act('break');
  await board(page).getByRole('button', { name: 'Show more' }).click();
  await expect(board(page)).toContainText('That did not load. Nothing was lost');
  await expect(board(page).locator('tr[data-id]')).toHaveCount(10);
});

test('windows by keyboard', async ({ page }) => {
  await open(page, { show: 'board', scenario: 'pinned' });
  await settled(page, 'laurel-leaderboard');
  await board(page).getByRole('tab', { name: 'Overall' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(board(page).getByRole('tab', { name: 'This week' })).toBeFocused();
  await expect(board(page).getByRole('tab', { name: 'This week' })).toHaveAttribute('aria-selected', 'true');
  await expect(board(page)).toContainText('80 people on the board');
});

test('offline: keeps the rows and says so; back: current again', async ({ page, context }) => {
  const act = await open(page, { show: 'board', scenario: 'leading' });
  await settled(page, 'laurel-leaderboard');
  await expect(board(page).locator('.dot.on')).toBeVisible();
  await context.setOffline(true);
  await expect(board(page)).toContainText('No connection. This is the board as of');
  await expect(board(page).locator('tr[data-id]')).toHaveCount(10);
  await act('score', { who: '4', points: '400' });
  await context.setOffline(false);
  await expect.poll(() => names(page).then((all) => all[0])).toBe('Ines');
  await expect(board(page)).not.toContainText('No connection');
});

test('the end comes by itself', async ({ page }) => {
  await page.clock.install();
  const act = await open(page, { show: 'board', scenario: 'lastHour', signed: '1' });
  await page.clock.runFor(1000);
  await expect(board(page).locator('.clock')).toContainText(/12:\d\d left/);
  await act('close');
  await page.clock.runFor(780_000);
  await expect(board(page).locator('.clock')).toContainText('Final results');
});

test('movement since the last visit', async ({ page }) => {
  await page.addInitScript(() => {
    const last = { b1: 3, b2: 1, b3: 2 };
    const id = 'laurel:01920000-0000-7000-8000-000000000001:all';
    localStorage.setItem(id, JSON.stringify({ at: 1, before: {}, last }));
  });
  await open(page, { show: 'board', scenario: 'leading' });
  await expect(board(page).locator('tr[data-id]').first()).toContainText('up 2 since your last visit');
  await expect(board(page).locator('tr[data-id]').nth(1)).toContainText('down 1 since your last visit');
});

const ties = {
  ties: 'Of those with equal points, whoever reached them first comes first.',
  tiesShared: 'Those with equal points share the place, and what there is to win for it.',
  tiesDrawn: 'Of those with equal points, a draw at the end decides who comes first.',
};
for (const [scenario, words] of Object.entries(ties)) {
  test(`${scenario}: how points and ties work is one tap away, by the contest’s own tie policy`, async ({ page }) => {
    await open(page, { show: 'board', scenario });
    await board(page).getByText('How points and ranks work').press('Enter');
    await expect(board(page)).toContainText('10 points for each “purchase”');
    await expect(board(page)).toContainText('Equal points share a rank');
    await expect(board(page)).toContainText(words);
    for (const other of Object.values(ties)) if (other !== words) await expect(board(page)).not.toContainText(other);
  });
}

test('after the end the results and how to check them are a link away, before it they are not', async ({ page }) => {
  await open(page, { show: 'board', scenario: 'ended' });
  await settled(page, 'laurel-leaderboard');
  const link = board(page).getByRole('link', { name: 'Results, and how to check them' });
  await expect(link).toHaveAttribute('href', /\/contests\/[0-9a-f-]{36}\/results\.html$/);
  await expect(link).toHaveAttribute('rel', /noopener/);
  expect(await breaches(page)).toEqual([]);
  await open(page, { show: 'board', scenario: 'ended', lang: 'pt-BR' });
  await expect(board(page).getByRole('link', { name: 'Resultados, e como verificá-los' })).toBeVisible();
  await open(page, { show: 'board', scenario: 'leading' });
  await settled(page, 'laurel-leaderboard');
  await expect(board(page).getByText('How points and ranks work')).toBeVisible();
  await expect(link).toHaveCount(0);
});

test('where chance draws among tickets, equal points decide nothing and no tie policy is named', async ({ page }) => {
  await open(page, { show: 'board', scenario: 'raffle' });
  await board(page).getByText('How points and ranks work').press('Enter');
  await expect(board(page)).toContainText('Equal points share a rank');
  for (const words of Object.values(ties)) await expect(board(page)).not.toContainText(words);
});

test('reduced motion: nothing glides, the change is still tinted', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const act = await open(page, { show: 'board', scenario: 'leading' });
  await expect(board(page).locator('.dot.on')).toBeVisible();
  const animated = board(page).evaluate(
    (element) =>
      new Promise<string[]>((resolve) => {
        const look = setInterval(() => {
          const running = element.shadowRoot?.getAnimations() ?? [];
          const seen = running.flatMap(({ effect }) =>
            Object.keys((effect as KeyframeEffect).getKeyframes()[0] ?? {}).filter((key) =>
              /transform|background/.test(key),
            ),
          );
          if (seen.length === 0) return;
          clearInterval(look);
          resolve([...new Set(seen)]);
        }, 10);
      }),
  );
  await act('score', { who: '4', points: '400' });
  expect(await animated).toEqual(['backgroundColor']);
});
