import type { Page } from '@playwright/test';
import { breaches, errors, expect, open, test } from './helpers.ts';

const catalogue = (page: Page) => page.locator('laurel-catalogue');
const entry = (page: Page, slug: string) => catalogue(page).locator(`[data-course="${slug}"]`);
const search = (page: Page) => catalogue(page).getByRole('searchbox', { name: 'Search courses' });
const said = (page: Page) => catalogue(page).locator('[aria-live]');

async function show(page: Page, scenario: string, query: Record<string, string> = {}) {
  const act = await open(page, { show: 'catalogue', scenario, signed: '1', ...query });
  await catalogue(page).locator('.title').waitFor();
  return act;
}

const states: [scenario: string, signed: string, words: RegExp][] = [
  [
    'catalogue',
    '1',
    /12 courses so far.*28% done.*€49\.00.*12 seats left.*You are number 2 in line.*Finished · 100% done/s,
  ],
  ['catalogue', '', /Roasting coffee.*49 lessons.*19 hr.*Free/s],
  ['catalogueEmpty', '1', /There are no courses here yet/],
  ['catalogueStrange', '1', /<img src=x onerror=alert\(1\)>/],
];

for (const [scenario, signed, words] of states) {
  for (const width of [320, 960]) {
    const who = signed ? 'signed in' : 'a stranger';
    test(`${scenario}, ${who}, ${width} px: says so, no rule breached in light and dark`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await open(page, { show: 'catalogue', scenario, ...(signed && { signed }) });
      await expect(catalogue(page)).toContainText(words);
      expect(await breaches(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await breaches(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  }
}

test('forced colours and right-to-left: no rule breached', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize({ width: 320, height: 800 });
  await show(page, 'catalogue', { dir: 'rtl' });
  expect(await breaches(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

for (const [lang, words] of [
  ['es', /Cursos.*49 lecciones/s],
  ['pt-BR', /Cursos.*49 aulas/s],
] as const) {
  test(`the catalogue speaks ${lang}`, async ({ page }) => {
    await show(page, 'catalogue', { lang });
    await expect(catalogue(page)).toContainText(words);
  });
}

test('searching: asked once typing rests, said how many, and back to all', async ({ page }) => {
  const asked: (string | null)[] = [];
  page.on('request', (request) => {
    if (/\/courses\?/.test(request.url())) asked.push(new URL(request.url()).searchParams.get('q'));
  });
  await show(page, 'catalogue');
  await search(page).pressSequentially('growers', { delay: 20 });
  await expect(catalogue(page).locator('.entry')).toHaveCount(3);
  await expect(said(page)).toHaveText('3 courses');
  expect(asked.filter(Boolean).length).toBeLessThanOrEqual(2);
  await search(page).fill('nothing like it');
  await expect(catalogue(page)).toContainText('Nothing fits “nothing like it”.');
  expect(await breaches(page)).toEqual([]);
  await catalogue(page).getByRole('button', { name: 'Show all courses' }).press('Enter');
  await expect(catalogue(page).locator('.entry')).toHaveCount(12);
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveValue('');
});

test('topics narrow it down, by keyboard, and the one that is chosen stays', async ({ page }) => {
  await show(page, 'catalogue');
  const tea = catalogue(page).getByRole('button', { name: 'tea', exact: true });
  await tea.press('Enter');
  await expect(catalogue(page).locator('.entry')).toHaveCount(3);
  await expect(tea).toHaveAttribute('aria-pressed', 'true');
  await catalogue(page).getByRole('button', { name: 'All', exact: true }).press('Enter');
  await expect(catalogue(page).locator('.entry')).toHaveCount(12);
});

test('more: the rest comes below, and the focus goes to the first new one', async ({ page }) => {
  await show(page, 'catalogue');
  await catalogue(page).getByRole('button', { name: 'Show more' }).press('Enter');
  await expect(catalogue(page).locator('.entry')).toHaveCount(19);
  await expect(catalogue(page).locator('.entry').nth(12).locator('.whole')).toBeFocused();
  await expect(catalogue(page).getByRole('button', { name: 'Show more' })).toHaveCount(0);
  await expect(catalogue(page)).toContainText('19 courses');
});

test('more that does not load is said, and what is there stays', async ({ page }) => {
  await show(page, 'catalogue');
  await page.route(/cursor=12/, (route) => route.abort());
  await catalogue(page).getByRole('button', { name: 'Show more' }).click();
  await expect(catalogue(page).getByRole('alert')).toContainText('That did not load. Nothing was lost.');
  await expect(catalogue(page).locator('.entry')).toHaveCount(12);
});

test('a card leads to its course: by the address, or told to the page', async ({ page }) => {
  await page.addInitScript(() => {
    document.addEventListener('laurel:course', (event) => {
      document.documentElement.dataset.course = (event as CustomEvent).detail.course;
    });
  });
  await show(page, 'catalogue');
  await entry(page, 'roasting').getByRole('button', { name: 'Roasting coffee' }).press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-course', 'roasting');
  await show(page, 'catalogue', { 'course-url': '/courses/{course}' });
  const link = entry(page, 'roasting').getByRole('link', { name: 'Roasting coffee' });
  await expect(link).toHaveAttribute('href', /\/courses\/roasting$/);
});

test('enrolling from the card: free at once, paid with a seat kept, full in line', async ({ page }) => {
  await show(page, 'catalogue');
  await entry(page, 'course-0-1').getByRole('button', { name: 'Enrol for free' }).press('Enter');
  await expect(entry(page, 'course-0-1')).toContainText('Enrolled · 0% done');
  await entry(page, 'course-0-4').getByRole('button', { name: 'Enrol for €99.00' }).click();
  await expect(entry(page, 'course-0-4')).toContainText('A seat is kept for you until');
  await expect(entry(page, 'course-0-4').getByRole('button', { name: 'Pay €99.00' })).toBeVisible();
  await entry(page, 'course-1-2').getByRole('button', { name: 'Wait for a seat' }).click();
  await expect(entry(page, 'course-1-2')).toContainText('You are number 5 in line');
  expect(await breaches(page)).toEqual([]);
});

test('names that try to break the page are text; a picture that is no web address is not asked for', async ({
  page,
}) => {
  await show(page, 'catalogueStrange');
  await expect(catalogue(page).locator('.entry img')).toHaveCount(0);
  await expect(catalogue(page)).toContainText('<script>alert(1)</script>');
});

test('API down: silence, told to the page; later what was there stays, and says so', async ({ page }) => {
  const codes = await errors(page);
  await open(page, { show: 'catalogue', scenario: 'down' });
  await expect.poll(codes).toContain('unavailable');
  await expect(catalogue(page).locator('.card')).toHaveCount(0);
  const act = await show(page, 'catalogue');
  await act('break');
  await search(page).fill('tea');
  await expect(catalogue(page)).toContainText('No connection. These are the courses as of');
  await expect(catalogue(page).locator('.entry')).toHaveCount(12);
  expect(await breaches(page)).toEqual([]);
});
