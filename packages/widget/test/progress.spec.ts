import type { Page } from '@playwright/test';
import { breaches, errors, expect, open, test } from './helpers.ts';

const progress = (page: Page) => page.locator('laurel-progress');
const said = (page: Page) => progress(page).locator('[aria-live]');

async function show(page: Page, scenario: string, query: Record<string, string> = {}) {
  const act = await open(page, { show: 'progress', scenario, signed: '1', ...query });
  await progress(page).locator('.title').waitFor();
  return act;
}

const states: [scenario: string, signed: string, words: RegExp][] = [
  [
    'learning',
    '1',
    /27% done · 13 of 47 lessons done.*Next.*Moisture.*14 min.*Continue.*9 days in a row.*2 freezes left/s,
  ],
  ['learningToday', '1', /10 days in a row.*Today counts already/s],
  ['learningFresh', '1', /0% done.*Welcome, and how this course works.*8 min.*Begin.*No streak yet/s],
  ['learningLast', '1', /97% done · 46 of 47.*Nothing is open right now.*Your plan|Questions on week 12/s],
  ['learningDone', '1', /You have finished Roasting coffee.*100% done.*It stays done/s],
  ['learningWaits', '1', /Nothing is open right now.*Week 6.*Opens /s],
  ['learningEmpty', '1', /There are no lessons here yet/],
  ['learningStrange', '1', /<img src=x onerror=alert\(1\)>/],
  ['enrolFree', '', /Free.*Sign in to enrol.*Phase 1/s],
  ['enrolFree', '1', /Enrol for free.*16 lessons/s],
  ['enrolPaid', '1', /€249\.00.*4 seats left.*Enrol for €249\.00/s],
  ['enrolGroups', '1', /Which group.*Spring, starts.*Evenings.*On my own/s],
  ['enrolFull', '1', /All seats are taken.*Wait for a seat/s],
  ['enrolFullStop', '1', /All seats are taken/],
  ['enrolInvited', '1', /The organiser enrols people here/],
  ['enrolArchived', '1', /takes nobody in any more/],
  ['enrolWaiting', '1', /You are number 3 in line for a seat.*first in line gets it/s],
  ['enrolUnpaid', '1', /A seat is kept for you until.*Pay €249\.00/s],
];

for (const [scenario, signed, words] of states) {
  const who = signed ? 'signed in' : 'a stranger';
  test(`progress, ${scenario}, ${who}: says so, no rule breached in light and dark, within 320 px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await open(page, { show: 'progress', scenario, ...(signed && { signed }) });
    await progress(page).locator('.title').waitFor();
    await expect(progress(page)).toContainText(words);
    await page.waitForTimeout(150);
    expect(await breaches(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await breaches(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}

test('forced colours and right-to-left: no rule breached, nothing wider than the page', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize({ width: 320, height: 800 });
  await show(page, 'learning', { dir: 'rtl' });
  expect(await breaches(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

for (const [lang, words] of [
  ['es', /13 de 47 lecciones hechas.*Continuar.*9 días seguidos/s],
  ['pt-BR', /13 de 47 aulas feitas.*Continuar.*9 dias seguidos/s],
] as const) {
  test(`progress speaks ${lang}`, async ({ page }) => {
    await show(page, 'learning', { lang });
    await expect(progress(page)).toContainText(words);
  });
}

test('words that cannot be read in Spanish are said in English', async ({ page }) => {
  await page.route(/laurel-escourse\.js/, (route) => route.abort());
  await show(page, 'learning', { lang: 'es' });
  await expect(progress(page)).toContainText('13 of 47 lessons done');
});

test('live: somebody gets on, on another device; the ring, the words and the contents follow', async ({ page }) => {
  const act = await show(page, 'learning');
  await page.waitForTimeout(400);
  await act('learn', { lessons: '16' });
  await expect(progress(page)).toContainText(/31% done · 15 of 47/);
  await expect(progress(page).locator('progress')).toHaveJSProperty('value', 31);
});

test('a finished course is celebrated once in a browser, told and said, then it stands there calmly', async ({
  page,
}) => {
  await page.addInitScript(() => {
    document.addEventListener('laurel:finished', (event) => {
      document.documentElement.dataset.completed = (event as CustomEvent).detail.course;
    });
  });
  const act = await show(page, 'learningLast');
  await expect(progress(page)).not.toContainText('You have finished');
  await page.waitForTimeout(400);
  await act('learn', { lessons: '60' });
  await expect(progress(page).locator('.title')).toContainText('You have finished Roasting coffee');
  await expect(said(page)).toContainText('You have finished');
  await expect(page.locator('html')).toHaveAttribute('data-completed', 'roasting');
  await page.reload();
  await expect(progress(page)).toContainText(/100% done.*Finished on/s);
  await expect(progress(page)).not.toContainText('You have finished');
});

test('the tree by keyboard: arrows walk it, open, close, go out; states are said', async ({ page }) => {
  await show(page, 'learning');
  const node = (name: RegExp) => progress(page).getByRole('button', { name });
  await node(/Phase 1/).focus();
  await page.keyboard.press('ArrowDown');
  await expect(node(/Week 1/)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(node(/Week 1/)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(node(/Welcome, and how/)).toBeFocused();
  await expect(node(/Welcome, and how/)).toHaveAccessibleName(/Done/);
  await page.keyboard.press('ArrowLeft');
  await expect(node(/Week 1/)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(node(/Week 1/)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowLeft');
  await expect(node(/Phase 1/)).toBeFocused();
  await page.keyboard.press('End');
  await expect(node(/Phase 3/)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(node(/Phase 1/)).toBeFocused();
  await expect(node(/Phase 2/)).toContainText(/Opens \w{3}/);
});

test('right-to-left: the arrow to the left opens', async ({ page }) => {
  await show(page, 'learning', { dir: 'rtl' });
  const week = progress(page).getByRole('button', { name: /Week 1/ });
  await week.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(week).toHaveAttribute('aria-expanded', 'true');
});

test('what is next: a link where lessons have pages, and the page is told first', async ({ page }) => {
  await page.addInitScript(() => {
    document.addEventListener('laurel:lesson', (event) => {
      document.documentElement.dataset.lesson = (event as CustomEvent).detail.lesson;
      event.preventDefault();
    });
  });
  await show(page, 'learning', { 'lesson-url': '/learn/{course}/{lesson}' });
  const next = progress(page).getByRole('link', { name: 'Continue' });
  await expect(next).toHaveAttribute('href', /\/learn\/roasting\/week-4-video$/);
  const before = page.url();
  await next.click();
  await expect(page.locator('html')).toHaveAttribute('data-lesson', 'week-4-video');
  expect(page.url()).toBe(before);
});

test('an address that is no web page is no link', async ({ page }) => {
  await show(page, 'learning', { 'lesson-url': 'javascript:alert("{lesson}")' });
  await expect(progress(page).getByRole('link')).toHaveCount(0);
  await expect(progress(page).getByRole('button', { name: 'Continue' })).toBeVisible();
});

test('what is next opens in the course on the same page, which takes the focus', async ({ page }) => {
  await open(page, { show: 'learning', scenario: 'learning', signed: '1', lesson: 'welcome' });
  const course = page.locator('laurel-course');
  await expect(course.locator('.lessontitle')).toContainText('Welcome');
  await progress(page).getByRole('button', { name: 'Continue' }).click();
  await expect(course.locator('.lessontitle')).toContainText('Moisture, density, defects');
  await expect(course.locator('.lessontitle')).toBeFocused();
});

test('the others: behind a button, by public names, with the own row; read when it is opened', async ({ page }) => {
  let reads = 0;
  await page.route(/\/board/, (route) => {
    reads += 1;
    return route.continue();
  });
  await show(page, 'learning');
  expect(reads).toBe(0);
  const fold = progress(page).getByRole('button', { name: 'How the others are doing' });
  await fold.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  await expect(progress(page).getByRole('table')).toContainText(/Mira.*100%.*17.*Ines.*You/s);
  await expect(progress(page)).toContainText('31 people learn here');
  expect(await breaches(page)).toEqual([]);
  await fold.press('Enter');
  await expect(progress(page).getByRole('table')).toHaveCount(0);
});

test('enrolling: into the chosen group, told to the page; then the contents open', async ({ page }) => {
  await page.addInitScript(() => {
    document.addEventListener('laurel:enrolled', (event) => {
      document.documentElement.dataset.enrolled = (event as CustomEvent).detail.state;
    });
  });
  const sent = page.waitForRequest((request) => request.url().endsWith('/enroll'));
  await show(page, 'enrolGroups');
  await progress(page).getByLabel('Which group').selectOption('Evenings');
  await progress(page).getByRole('button', { name: 'Enrol for free' }).press('Enter');
  expect((await sent).postDataJSON()).toMatchObject({ cohort: 'group-2', timeZone: expect.stringMatching(/\w/) });
  await expect(progress(page)).toContainText(/0% done.*Begin/s);
  await expect(page.locator('html')).toHaveAttribute('data-enrolled', 'active');
  await expect(said(page)).toContainText('You are enrolled.');
});

test('a paid course: a seat is kept, then it is paid for where the API says', async ({ page, context }) => {
  await context.route('https://pay.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'Pay here' }),
  );
  await show(page, 'enrolPaid');
  await progress(page).getByRole('button', { name: 'Enrol for €249.00' }).click();
  const sent = page.waitForRequest((request) => request.url().endsWith('/checkout'));
  await progress(page).getByRole('button', { name: 'Pay €249.00' }).click();
  expect((await sent).postDataJSON()).toMatchObject({ successUrl: expect.stringContaining('/page') });
  await page.waitForURL('https://pay.example/session');
});

for (const [scenario, button, words] of [
  ['enrolRefused', 'Enrol for free', 'All seats are taken meanwhile. Nothing was charged.'],
  ['enrolUnpayable', 'Pay €249.00', 'Paying is not set up here yet'],
] as const) {
  test(`refused, ${scenario}: said where it happened, and it can be tried again`, async ({ page }) => {
    await show(page, scenario);
    await progress(page).getByRole('button', { name: button }).click();
    await expect(progress(page).getByRole('alert')).toContainText(words);
    await expect(progress(page).getByRole('button', { name: button })).toBeEnabled();
    expect(await breaches(page)).toEqual([]);
  });
}

test('a stranger: the page is told, and their address is followed', async ({ page }) => {
  await page.addInitScript(() => {
    document.addEventListener('laurel:join', (event) => {
      document.documentElement.dataset.join = JSON.stringify((event as CustomEvent).detail);
    });
  });
  await open(page, { show: 'progress', scenario: 'enrolFree' });
  await progress(page).getByRole('button', { name: 'Sign in to enrol' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-join', /"course":"roasting"/);
  await open(page, { show: 'progress', scenario: 'enrolFree', 'join-url': '/sign-up' });
  await expect(progress(page).getByRole('link', { name: 'Sign in to enrol' })).toHaveAttribute('href', /\/sign-up$/);
});

test('signing out leaves nothing of the learner', async ({ page }) => {
  await show(page, 'learning');
  await page.evaluate(() => (window as unknown as { Laurel: { identify(who: null): void } }).Laurel.identify(null));
  await expect(progress(page)).toContainText('Sign in to enrol');
  await expect(progress(page)).not.toContainText('27%');
});

test('API down: silence, told to the page; what was there stays when it goes down later', async ({ page }) => {
  const codes = await errors(page);
  await open(page, { show: 'progress', scenario: 'down', signed: '1' });
  await expect.poll(codes).toContain('unavailable');
  await expect(progress(page).locator('.card')).toHaveCount(0);
  const act = await show(page, 'learning');
  await page.waitForTimeout(400);
  await act('break');
  await act('heal');
  await expect(progress(page)).toContainText('13 of 47 lessons done');
});

test('not a course: an object where a text belongs is no answer', async ({ page }) => {
  const codes = await errors(page);
  await page.route(/\/outline$/, (route) => route.fulfill({ json: { nodes: [{ id: { type: 'img' } }] } }));
  await open(page, { show: 'progress', scenario: 'learning', signed: '1' });
  await expect.poll(codes).toContain('unexpected_response');
  await expect(progress(page).locator('.card')).toHaveCount(0);
});

test('at 400 % nothing is cut off', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await show(page, 'learningStrange');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});
