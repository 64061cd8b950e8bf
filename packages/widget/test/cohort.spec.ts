import type { Page } from '@playwright/test';
import { breaches, expect, open, test } from './helpers.ts';

const cohort = (page: Page) => page.locator('laurel-cohort');
const button = (page: Page, name: string) => cohort(page).getByRole('button', { name, exact: true });
const rows = (page: Page) => cohort(page).locator('tbody tr');
const told = (page: Page) => cohort(page).locator('.told');

async function openCohort(page: Page, query: Record<string, string> = {}) {
  const act = await open(page, { show: 'learners', scenario: 'courses', signed: '1', ...query });
  await cohort(page).locator('.title').waitFor();
  return act;
}

test('shows who is where: a real table, more by the page, and is axe clean', async ({ page }) => {
  await openCohort(page);
  await expect(rows(page)).toHaveCount(20);
  await expect(cohort(page).getByRole('table', { name: 'Who is where' })).toBeVisible();
  await expect(rows(page).nth(2)).toContainText('odd');
  await expect(rows(page).nth(5)).toContainText('customer-5');
  expect(await breaches(page)).toEqual([]);
  await button(page, 'Show more').click();
  await expect(rows(page)).toHaveCount(40);
});

test('is searched, sorted, and cut to a cohort', async ({ page }) => {
  await openCohort(page, { cohort: 'spring' });
  await expect(cohort(page).getByLabel('Cohort', { exact: true })).toHaveValue('spring');
  await expect(rows(page).first()).toContainText('Spring evening class');
  await cohort(page).getByLabel('Order').selectOption('name');
  await cohort(page).getByLabel('Cohort', { exact: true }).selectOption('');
  await cohort(page).getByLabel('Name or your id').fill('customer-31');
  await expect(rows(page)).toHaveCount(1);
  await cohort(page).getByLabel('Name or your id').fill('nobody at all');
  await expect(cohort(page).getByText('Nobody here by that name', { exact: false })).toBeVisible();
});

test('a learner is opened beside the table and closed by the keyboard', async ({ page }) => {
  await openCohort(page);
  const nadia = cohort(page).getByRole('button', { name: 'Nadia', exact: true });
  await nadia.focus();
  await page.keyboard.press('Enter');
  const aside = cohort(page).getByRole('complementary', { name: 'Nadia' });
  await expect(aside.getByRole('heading', { name: 'Nadia' })).toBeFocused();
  await expect(aside).toContainText('They claim more than the clock allows.');
  await expect(aside).toContainText('Why water matters: watched 0:00–1:32');
  expect(await breaches(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(aside).toHaveCount(0);
  await expect(nadia).toBeFocused();
});

test('staff sign a lesson off, move to a cohort, and cancel with a reason', async ({ page }) => {
  await openCohort(page);
  await button(page, 'Nadia').click();
  await button(page, 'Sign off a lesson').click();
  await cohort(page).getByLabel('Which lesson').selectOption('steam');
  const signed = page.waitForRequest(/\/complete$/);
  await cohort(page).locator('.ask').getByRole('button', { name: 'Sign off a lesson' }).click();
  expect((await signed).postDataJSON()).toMatchObject({ lesson: 'steam' });
  await expect(told(page)).toHaveText('Signed off.');
  await button(page, 'Move to a cohort').click();
  await cohort(page).locator('.ask [name=cohort]').selectOption('weekend');
  await cohort(page).locator('.ask').getByRole('button', { name: 'Move to a cohort' }).click();
  await expect(told(page)).toHaveText('Moved.');
  await expect(rows(page).nth(2)).toContainText('Weekenders');
  await button(page, 'Cancel the enrolment').click();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Cancel the enrolment')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Moved away');
  const cancelled = page.waitForRequest(/\/cancel$/);
  await page.keyboard.press('Enter');
  expect((await cancelled).postDataJSON()).toEqual({ reason: 'Moved away' });
  await expect(told(page)).toContainText('The progress is kept.');
  await expect(button(page, 'Nadia')).toHaveCount(0);
});

test('somebody is enrolled by the host’s id; one who is not there is said', async ({ page }) => {
  await openCohort(page);
  await button(page, 'Enrol somebody').click();
  await page.keyboard.type('nobody-1');
  await page.keyboard.press('Enter');
  await expect(told(page)).toContainText('There is nobody by that id.');
  await cohort(page).getByLabel('Your own id of the person').fill('customer-900');
  await cohort(page).getByLabel('Without payment').check();
  const sent = page.waitForRequest(/\/enroll$/);
  await cohort(page).locator('.ask').getByRole('button', { name: 'Enrol somebody' }).click();
  expect((await sent).postDataJSON()).toMatchObject({ participant: 'customer-900', free: true });
  await expect(told(page)).toHaveText('Enrolled.');
  await expect(rows(page).first()).toContainText('customer-900');
});

test('what changes meanwhile is a pill, and moves no row under the reader', async ({ page }) => {
  const live = page.waitForResponse(/\/live\?topics=/);
  const act = await openCohort(page);
  await expect(rows(page).nth(1)).toContainText('97 %');
  await live;
  await act('learn', { n: '3' });
  await act('learn', { n: '3' });
  await expect(button(page, '2 changes')).toBeVisible();
  await expect(rows(page).nth(1)).toContainText('97 %');
  await button(page, '2 changes').click();
  await expect(rows(page).nth(1)).toContainText('99 %');
  await expect(button(page, '2 changes')).toHaveCount(0);
});

test('the funnel is a table, and says where most are', async ({ page }) => {
  await openCohort(page);
  await button(page, 'By lesson').click();
  await expect(rows(page)).toHaveCount(6);
  await expect(cohort(page).getByText('1 of 64 are done.')).toBeVisible();
  await expect(cohort(page).getByText('more than anywhere else', { exact: false })).toBeVisible();
  expect(await breaches(page)).toEqual([]);
});

test('the heat map of a video says what it shows, with a table behind it', async ({ page }) => {
  await openCohort(page);
  await button(page, 'Video').click();
  await expect(cohort(page).getByText('Most replayed at 3:11')).toBeVisible();
  await cohort(page).getByText('As a table').click();
  await expect(rows(page)).toHaveCount(52);
  await cohort(page).locator('.chart select').selectOption('steam');
  await expect(cohort(page).locator('.heat > span')).toHaveCount(52);
  expect(await breaches(page)).toEqual([]);
});

test('says what is empty, who may see it, and when the API is down', async ({ page }) => {
  await openCohort(page, { scenario: 'learnersNone' });
  await expect(cohort(page).getByText('Nobody learns here yet.')).toBeVisible();
  await button(page, 'Video').click();
  await expect(cohort(page).getByText('Nobody has played it yet.')).toBeVisible();
  await open(page, { show: 'learners', scenario: 'courses' });
  await expect(cohort(page).getByText('Only staff can see this.', { exact: false })).toBeVisible();
  const act = await openCohort(page);
  await expect(rows(page)).toHaveCount(20);
  await act('break');
  await button(page, 'By lesson').click();
  await expect(cohort(page).getByRole('alert')).toContainText('could not be read');
  await act('heal');
  await button(page, 'Try again').click();
  await expect(rows(page)).toHaveCount(6);
});

for (const [name, query] of Object.entries({
  dark: { host: 'dark' },
  narrow: { host: 'serif' },
  'rtl, strange names': { dir: 'rtl', lang: 'es', scenario: 'learnersStrange' },
  strict: { lang: 'pt', csp: 'strict' },
  'a host that resets everything': { host: 'shop' },
})) {
  test(`keeps to its width and to what axe asks: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: name === 'narrow' ? 320 : 700, height: 900 });
    await openCohort(page, query as Record<string, string>);
    await rows(page).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    if (name !== 'a host that resets everything') expect(await breaches(page)).toEqual([]);
  });
}
