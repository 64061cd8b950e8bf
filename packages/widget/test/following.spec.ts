import type { Page } from '@playwright/test';
import { expect, open, test } from './helpers.ts';

const catalogue = (page: Page) => page.locator('laurel-catalogue');
const progress = (page: Page) => page.locator('laurel-progress');
const course = (page: Page) => page.locator('laurel-course');
const entry = (page: Page) => catalogue(page).locator('[data-course="roasting"]');

/** All elements of a course on one page, without live messages: what one shows of another it does not have from them. */
async function desk(page: Page, scenario: string) {
  await page.route(/\/live/, (route) => route.abort());
  await open(page, { show: 'desk', scenario, signed: '1' });
  for (const each of [catalogue(page), progress(page), course(page)]) await each.locator('.title').waitFor();
  await page.waitForLoadState('networkidle');
}

/** Readings from now on, by their last word. */
function readings(page: Page) {
  const read: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'GET' && !/live/.test(pathname)) read.push(pathname.split('/').at(-1) ?? '');
  });
  return read;
}

const count = (read: readonly string[], what: string) => read.filter((each) => each === what).length;

test('enrolling in one element: the others follow, and nobody reads the course twice', async ({ page }) => {
  await desk(page, 'enrolFree');
  const read = readings(page);
  await progress(page).getByRole('button', { name: 'Enrol for free' }).press('Enter');
  await expect(course(page).locator('.lessontitle')).toContainText('Welcome');
  await expect(entry(page)).toContainText('Enrolled');
  await expect(progress(page).getByRole('button', { name: 'Begin' })).toBeFocused();
  await page.waitForTimeout(1200);
  expect(count(read, 'outline')).toBe(1);
  expect(count(read, 'courses')).toBe(0);
});

test('enrolling in the catalogue: the course opens, once read at most by each', async ({ page }) => {
  await desk(page, 'enrolFree');
  const read = readings(page);
  await entry(page).getByRole('button', { name: 'Enrol for free' }).press('Enter');
  await expect(course(page).locator('.lessontitle')).toContainText('Welcome');
  await expect(progress(page)).toContainText('0% done');
  await page.waitForTimeout(1200);
  expect(count(read, 'outline')).toBeLessThanOrEqual(2);
});

test('a lesson done in the course shows in the others at once', async ({ page }) => {
  await desk(page, 'learningFresh');
  const read = readings(page);
  await course(page).getByRole('button', { name: 'Mark as done' }).press('Enter');
  await expect(progress(page)).toContainText('2% done · 1 of 47');
  await expect(entry(page)).toContainText('Enrolled');
  await page.waitForTimeout(1200);
  expect(count(read, 'progress')).toBe(1);
});

test('live: one reading serves all elements of a course', async ({ page }) => {
  const act = await open(page, { show: 'learning', scenario: 'learningFresh', signed: '1', lesson: 'week-1-reading' });
  await course(page).locator('.lessontitle').waitFor();
  await progress(page).locator('.title').waitFor();
  await page.waitForTimeout(1500);
  // Elements put their readings off by chance: the first by the least, the others by the most.
  await page.evaluate(() => {
    const chances = [0];
    Math.random = () => chances.pop() ?? 0.99;
  });
  const read = readings(page);
  await act('learn', { lessons: '2' });
  for (const each of [progress(page), course(page)]) await expect(each).toContainText(/4% done · 2 of 47/);
  await page.waitForTimeout(1200);
  expect(count(read, 'outline')).toBe(1);
});

test('a lesson asked for by who does not learn here yet opens once they do, with the focus at its title', async ({
  page,
}) => {
  await desk(page, 'enrolFree');
  await page.evaluate(() => {
    const detail = { lesson: 'week-1-reading' };
    document.querySelector('laurel-course')?.dispatchEvent(new CustomEvent('laurel:open', { detail }));
  });
  await entry(page).getByRole('button', { name: 'Enrol for free' }).click();
  await expect(course(page).locator('.lessontitle')).toContainText('Altitude');
  await expect(course(page).locator('.lessontitle')).toBeFocused();
});

test('narrow: the title of a lesson that is opened from above comes to the top', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, { show: 'learning', scenario: 'learning', signed: '1', lesson: 'welcome' });
  const title = course(page).locator('.lessontitle');
  await expect(title).toContainText('Welcome');
  await progress(page).getByRole('button', { name: 'Continue' }).click();
  await expect(title).toContainText('Moisture');
  await expect(title).toBeFocused();
  await expect.poll(async () => (await title.boundingBox())?.y ?? 999).toBeLessThan(320);
});

for (const width of [320, 380]) {
  test(`${width} px: no button breaks inside a word`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const scenario of ['learningFresh', 'enrolGroups', 'enrolWaiting']) {
      await open(page, { show: 'desk', scenario, signed: '1' });
      for (const each of [catalogue(page), progress(page), course(page)]) await each.locator('.title').waitFor();
      const buttons = page.locator('.button:visible');
      for (const button of await buttons.all()) {
        const broken = await button.evaluate((element) => {
          const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          for (let text = walk.nextNode(); text; text = walk.nextNode()) {
            for (const { 0: word, index } of text.nodeValue?.matchAll(/\S+/g) ?? []) {
              range.setStart(text, index);
              range.setEnd(text, index + word.length);
              if (range.getClientRects().length > 1) return word;
            }
          }
          return null;
        });
        expect(broken, scenario).toBeNull();
      }
    }
  });
}

test('280 px: the button of what is next stands below the words', async ({ page }) => {
  await page.setViewportSize({ width: 280 + 32, height: 800 });
  await open(page, { show: 'progress', scenario: 'learningFresh', signed: '1' });
  const button = await progress(page).getByRole('button', { name: 'Begin' }).boundingBox();
  const words = await progress(page).locator('.which').boundingBox();
  expect(button?.height).toBeLessThan(60);
  expect(button?.y).toBeGreaterThanOrEqual((words?.y ?? 0) + (words?.height ?? 0));
});

test('the catalogue offers the groups of a course to whoever enrols, the focus at the choice', async ({ page }) => {
  await open(page, { show: 'catalogue', scenario: 'enrolGroups', signed: '1' });
  const asked = readings(page);
  const button = entry(page).getByRole('button', { name: 'Enrol for free' });
  await button.press('Enter');
  const choice = entry(page).getByLabel('Which group');
  await expect(choice).toBeFocused();
  await expect(choice.getByRole('option')).toHaveText([/^Spring, starts/, 'Evenings', 'On my own']);
  expect(count(asked, 'cohorts')).toBe(1);
  await choice.selectOption('Evenings');
  const sent = page.waitForRequest(/\/enroll$/);
  await button.press('Enter');
  expect((await sent).postDataJSON()).toMatchObject({ cohort: 'group-2' });
  await expect(entry(page)).toContainText('Enrolled');
  await expect(entry(page).locator('.whole')).toBeFocused();
});

for (const show of ['catalogue', 'progress', 'course']) {
  test(`${show}: whoever waits may leave the line, and is asked first`, async ({ page }) => {
    await open(page, { show, scenario: 'enrolWaiting', signed: '1' });
    const element = page.locator(`laurel-${show}`);
    const leave = element.getByRole('button', { name: 'Leave the line' });
    await leave.press('Enter');
    await expect(element).toContainText('Your place in line would be given up.');
    const stay = element.getByRole('button', { name: 'Stay in line' });
    await expect(stay).toBeFocused();
    await stay.press('Enter');
    await expect(stay).toHaveCount(0);
    await expect(leave).toBeFocused();
    await leave.press('Enter');
    await expect(stay).toBeFocused();
    const sent = page.waitForRequest(/\/cancel$/);
    await leave.press('Enter');
    expect((await sent).postDataJSON()).toEqual({ from: 'waiting' });
    await expect(element.getByRole('button', { name: 'Wait for a seat' })).toBeFocused();
    await expect(element.locator('[aria-live]')).toContainText('You have left the line.');
  });
}

for (const scenario of ['staffOne', 'staffWaiting']) {
  test(`${scenario}: staff who see one enrolment are not taken for its learner`, async ({ page }) => {
    await open(page, { show: 'desk', scenario, signed: '1' });
    for (const each of [catalogue(page), progress(page), course(page)]) await each.locator('.title').waitFor();
    await page.waitForLoadState('networkidle');
    for (const each of [catalogue(page), progress(page), course(page)]) {
      await expect(each).not.toContainText(/% done|Enrolled|in line/);
      await expect(each.getByRole('button', { name: 'Leave the line' })).toHaveCount(0);
    }
    await expect(course(page).locator('.lessonpage')).toHaveCount(0);
  });
}
