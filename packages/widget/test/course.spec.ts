import type { Page } from '@playwright/test';
import { breaches, errors, expect, open, test } from './helpers.ts';

const course = (page: Page) => page.locator('laurel-course');
const title = (page: Page) => course(page).locator('.lessontitle');
const said = (page: Page) => course(page).locator('[aria-live]');

async function show(page: Page, scenario: string, query: Record<string, string> = {}) {
  const act = await open(page, { show: 'course', scenario, signed: '1', ...query });
  await course(page).locator('.title').waitFor();
  return act;
}

/** Requests that record progress, as they were sent. */
function recorded(page: Page) {
  const events: { kind: string; lesson: string }[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/progress'))
      events.push(...request.postDataJSON().events);
  });
  return events;
}

const states: [name: string, query: Record<string, string>, words: RegExp][] = [
  [
    'a page',
    { scenario: 'learning', lesson: 'week-1-reading' },
    /Altitude, shade and rain.*Ten degrees.*Done on.*Previous.*Next/s,
  ],
  [
    'the next lesson',
    { scenario: 'learning' },
    /Moisture, density.*Watch 90% of the video: 42% so far.*Watch 3 chapters: 1 so far/s,
  ],
  ['time to spend', { scenario: 'learningFresh', lesson: 'week-1-reading' }, /Spend 5 min with it: 2 min so far/],
  ['a quiz', { scenario: 'learning', lesson: 'week-4-quiz' }, /Reach 80 of 100: 40 is your best so far/],
  [
    'an assignment',
    { scenario: 'learning', lesson: 'week-4-practice' },
    /Hand in your work.*Your instructor marks it as done/s,
  ],
  ['a live session', { scenario: 'learning', lesson: 'week-3-practice' }, /From .* to .*Times in your own zone/s],
  ['a download', { scenario: 'learning', lesson: 'week-2-practice' }, /Download from files\.fernway\.example/],
  ['one to mark', { scenario: 'learningFresh', lesson: 'welcome' }, /Mark it as done when you are.*Mark as done/s],
  ['a locked one', { scenario: 'learning', lesson: 'week-6-reading' }, /This lesson is not open yet\. Opens /],
  ['the last one', { scenario: 'learningDone', lesson: 'week-12-quiz' }, /You finished this course on/],
  ['strange words', { scenario: 'learningStrange', lesson: 'week-1-reading' }, /A link that must not be one/],
  ['no lessons', { scenario: 'learningEmpty' }, /There are no lessons here yet/],
  ['to enrol in', { scenario: 'enrolPaid' }, /Twelve weeks.*your own shelf.*Enrol for €249\.00.*Phase 1/s],
  ['waiting', { scenario: 'enrolWaiting' }, /You are number 3 in line/],
];

for (const [name, query, words] of states) {
  test(`course, ${name}: says so, no rule breached in light and dark, within 320 px`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await show(page, query.scenario ?? '', query);
    await expect(course(page)).toContainText(words);
    await page.waitForTimeout(150);
    expect(await breaches(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await breaches(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}

test('a stranger sees what there is, and the way in', async ({ page }) => {
  await open(page, { show: 'course', scenario: 'enrolFree' });
  await expect(course(page)).toContainText(/Sign in to enrol.*Phase 1/s);
  await expect(course(page).locator('.lessonpage')).toHaveCount(0);
});

test('wide, forced colours, right-to-left: contents beside the lesson, no rule breached', async ({ page }) => {
  await page.setViewportSize({ width: 960, height: 900 });
  await page.emulateMedia({ forcedColors: 'active' });
  await show(page, 'learning', { dir: 'rtl', lesson: 'week-1-reading' });
  await expect(course(page).getByRole('button', { name: 'Contents' })).toBeHidden();
  await expect(course(page).getByRole('button', { name: /Week 1/ })).toBeVisible();
  expect(await breaches(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(960);
});

for (const [lang, words] of [
  ['es', /Mira el 90.% del vídeo: llevas el 42.%.*Anterior/s],
  ['pt-BR', /Veja 90% do vídeo: já são 42%.*Anterior/s],
] as const) {
  test(`a course speaks ${lang}`, async ({ page }) => {
    await show(page, 'learning', { lang });
    await expect(course(page)).toContainText(words);
  });
}

test('the text of a lesson is elements: headings, nested lists, a table, quotes, code, tasks, a picture', async ({
  page,
}) => {
  await show(page, 'learning', { lesson: 'week-1-reading' });
  const text = course(page).locator('.lessontext');
  await expect(text.getByRole('heading', { name: 'What height does' })).toBeVisible();
  await expect(text.locator('ul > li > ul > li')).toHaveCount(2);
  await expect(text.locator('ol > li')).toHaveCount(3);
  await expect(text.getByRole('columnheader')).toHaveText(['Farm', 'Height', 'Harvest', 'Screen']);
  await expect(text.locator('tbody tr')).toHaveCount(3);
  await expect(text.locator('blockquote blockquote')).toContainText('strips it once');
  await expect(text.locator('pre > code')).toContainText('ratio =');
  await expect(text.getByRole('img')).toHaveAttribute('alt', 'A hillside with coffee trees in the shade');
  await expect(text.getByText('done: ', { exact: false }).first()).toBeAttached();
  await expect(text.getByRole('link', { name: 'own pages' })).toHaveAttribute('rel', /noopener/);
});

test('what is dangerous is text: no script, no link, no picture', async ({ page }) => {
  await show(page, 'learningStrange', { lesson: 'week-1-reading' });
  await expect(course(page)).toContainText('press me');
  await expect(course(page).locator('.lessontext a, .lessontext img')).toHaveCount(0);
});

test('lessons by hand: the title takes the focus, the address and the way back follow', async ({ page }) => {
  await show(page, 'learning', { hash: '', lesson: 'week-1-reading' });
  await expect(title(page)).toContainText('Altitude');
  expect(await page.evaluate(() => location.hash)).toBe('');
  await course(page)
    .getByRole('button', { name: /Next.*A map of coffee/ })
    .press('Enter');
  await expect(title(page)).toContainText('A map of coffee');
  await expect(title(page)).toBeFocused();
  expect(await page.evaluate(() => location.hash)).toBe('#lesson=week-1-video');
  await course(page)
    .getByRole('button', { name: /Previous/ })
    .click();
  await expect(title(page)).toContainText('Altitude');
  await page.goBack();
  await expect(title(page)).toContainText('A map of coffee');
  await page.reload();
  await expect(title(page)).toContainText('A map of coffee');
});

test('a link in a lesson to another one opens it here', async ({ page }) => {
  await show(page, 'learning', { lesson: 'week-1-reading' });
  await course(page).getByRole('link', { name: 'the map of coffee' }).click();
  await expect(title(page)).toContainText('A map of coffee');
});

test('the contents: the current lesson is marked, another one is chosen by keyboard, locked ones stay shut', async ({
  page,
}) => {
  await page.setViewportSize({ width: 960, height: 900 });
  await show(page, 'learning', { lesson: 'welcome' });
  const node = (name: RegExp) => course(page).getByRole('button', { name });
  await expect(node(/^Welcome/)).toHaveAttribute('aria-current', 'true');
  await node(/^Welcome/).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(title(page)).toContainText('Altitude');
  await expect(node(/^Altitude/)).toHaveAttribute('aria-current', 'true');
  await node(/Phase 2/).click();
  await node(/Week 5/).click();
  const locked = node(/^What heat does/);
  await expect(locked).toHaveAttribute('aria-disabled', 'true');
  await locked.click({ force: true });
  await expect(title(page)).toContainText('Altitude');
});

test('narrow: the contents are behind a button, and close once something is chosen', async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 900 });
  await show(page, 'learning', { lesson: 'welcome' });
  const contents = course(page).getByRole('button', { name: 'Contents', exact: true });
  await contents.press('Enter');
  await course(page)
    .getByRole('button', { name: /^Guess the origin/ })
    .click();
  await expect(title(page)).toContainText('Guess the origin');
  await expect(contents).toHaveAttribute('aria-expanded', 'false');
});

test('marking as done: once, said, and the contents follow', async ({ page }) => {
  let sent = 0;
  await page.route(/\/complete$/, async (route) => {
    sent += 1;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await show(page, 'learningFresh', { lesson: 'welcome' });
  const button = course(page).getByRole('button', { name: 'Mark as done' });
  await button.press('Enter');
  await expect(course(page).getByRole('button', { name: 'One moment…' })).toHaveAttribute('aria-disabled', 'true');
  await course(page).getByRole('button', { name: 'One moment…' }).press('Enter');
  await expect(course(page).locator('.isdone')).toBeFocused();
  await expect(course(page)).toContainText('2% done · 1 of 47');
  await expect(said(page)).toContainText('“Welcome, and how this course works” is done. 2% of the course.');
  expect(sent).toBe(1);
  expect(await breaches(page)).toEqual([]);
});

/** What the page is told of lessons that became done. */
async function endings(page: Page): Promise<() => Promise<unknown[]>> {
  await page.addInitScript(() => {
    const scope = window as unknown as { done: unknown[] };
    scope.done = [];
    document.addEventListener('laurel:completed', (event) => scope.done.push((event as CustomEvent).detail));
  });
  return () => page.evaluate(() => (window as unknown as { done: unknown[] }).done);
}

test('the page is told of each lesson that is done here, once: marked, or by being opened', async ({ page }) => {
  const done = await endings(page);
  await show(page, 'learningFresh', { lesson: 'welcome' });
  await course(page).getByRole('button', { name: 'Mark as done' }).press('Enter');
  await expect.poll(done).toEqual([{ course: 'roasting', lesson: 'welcome' }]);
  await page.route(/\/progress$/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const answer = await route.fetch();
    // The unit around it is done with it, and what is told again changes nothing.
    const completed = ['welcome', 'week-1-reading', 'week-1'];
    await route.fulfill({ response: answer, json: { ...(await answer.json()), completed } });
  });
  await course(page).getByRole('button', { name: /Next/ }).click();
  await expect.poll(done).toHaveLength(2);
  await page.waitForTimeout(500);
  expect(await done()).toEqual([
    { course: 'roasting', lesson: 'welcome' },
    { course: 'roasting', lesson: 'week-1-reading' },
  ]);
});

test('a video that is finished in the course is told of once', async ({ page }) => {
  const done = await endings(page);
  await page.route(/\/progress$/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), completed: ['week-1-video'] } });
  });
  await show(page, 'learningFresh', { lesson: 'week-1-video' });
  await expect(course(page).locator('.finished')).toBeVisible();
  await page.waitForTimeout(500);
  expect(await done()).toEqual([{ course: 'roasting', lesson: 'week-1-video' }]);
});

test('a lesson that the contents say is locked is not asked for; once it opens, it is', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/\/lessons\//.test(request.url())) asked.push(request.url());
  });
  const act = await show(page, 'learningFresh', { lesson: 'week-1-quiz' });
  await expect(course(page)).toContainText('This lesson is not open yet');
  await page.waitForTimeout(300);
  expect(asked).toEqual([]);
  await act('learn', { lessons: '2' });
  await expect(course(page).locator('.ways')).toBeVisible();
  expect(asked[0]).toContain('week-1-quiz');
});

test('marking that is not allowed is said, and nothing is lost', async ({ page }) => {
  await show(page, 'learningStubborn', { lesson: 'welcome' });
  await course(page).getByRole('button', { name: 'Mark as done' }).click();
  await expect(course(page).getByRole('alert')).toContainText('There is more to do before it counts as done.');
});

test('what a learner does is recorded: opened once, with its own id, and time in front of them', async ({ page }) => {
  const events = recorded(page);
  await show(page, 'learning', { lesson: 'week-4-quiz' });
  await expect.poll(() => events.map(({ kind, lesson }) => `${kind} ${lesson}`)).toContain('viewed week-4-quiz');
  await page.mouse.move(100, 300);
  await page.waitForTimeout(2200);
  await course(page)
    .getByRole('button', { name: /Previous/ })
    .click();
  await expect.poll(() => events.map(({ kind, lesson }) => `${kind} ${lesson}`)).toContain('spent week-4-quiz');
  expect(events.filter(({ kind, lesson }) => kind === 'viewed' && lesson === 'week-4-quiz')).toHaveLength(1);
});

test('nothing is recorded for whoever does not learn here', async ({ page }) => {
  const events = recorded(page);
  await show(page, 'enrolFree');
  await page.waitForTimeout(600);
  expect(events).toEqual([]);
});

test('an embedded page is in a sandbox that cannot reach the host', async ({ page, context }) => {
  await context.route('https://origin.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'Game' }),
  );
  await show(page, 'learning', { lesson: 'week-1-practice' });
  const frame = course(page).locator('iframe');
  await expect(frame).toHaveAttribute('src', 'https://origin.example/game');
  await expect(frame).toHaveAttribute('sandbox', /allow-scripts/);
  expect(await frame.getAttribute('sandbox')).not.toContain('top-navigation');
});

test('an embedded page of the host’s own origin cannot take its sandbox off; one that is no web page is not shown', async ({
  page,
}) => {
  let url = '/picture.svg';
  await page.route(/\/lessons\/week-1-practice$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), url } });
  });
  await show(page, 'learning', { lesson: 'week-1-practice' });
  expect(await course(page).locator('iframe').getAttribute('sandbox')).not.toContain('allow-same-origin');
  url = 'javascript:alert(1)';
  await show(page, 'learning', { lesson: 'week-1-practice' });
  await expect(course(page)).toContainText('The address of this lesson cannot be opened');
  await expect(course(page).locator('iframe')).toHaveCount(0);
});

test('a lesson that does not load: said, with a way to try again', async ({ page }) => {
  let broken = true;
  await page.route(/\/lessons\/week-1-reading$/, (route) => (broken ? route.abort() : route.continue()));
  await show(page, 'learning', { lesson: 'week-1-reading' });
  await expect(course(page)).toContainText('That did not load. Nothing was lost.');
  expect(await breaches(page)).toEqual([]);
  broken = false;
  await course(page).getByRole('button', { name: 'Try again' }).click();
  await expect(course(page)).toContainText('Ten degrees');
});

test('live: a lesson finished elsewhere becomes done here', async ({ page }) => {
  const act = await show(page, 'learningFresh', { lesson: 'welcome' });
  await expect(course(page)).toContainText('Mark as done');
  await page.waitForTimeout(400);
  await act('learn', { lessons: '2' });
  await expect(course(page)).toContainText(/4% done · 2 of 47/);
  await expect(course(page).locator('.isdone')).toBeVisible();
});

test('enrolling leads to the first lesson', async ({ page }) => {
  await show(page, 'enrolFree');
  await course(page).getByRole('button', { name: 'Enrol for free' }).click();
  await expect(title(page)).toContainText('Welcome');
});

test('API down: silence, told to the page', async ({ page }) => {
  const codes = await errors(page);
  await open(page, { show: 'course', scenario: 'down', signed: '1' });
  await expect.poll(codes).toContain('unavailable');
  await expect(course(page).locator('.card')).toHaveCount(0);
  await expect(page.locator('#after')).toBeVisible();
});
