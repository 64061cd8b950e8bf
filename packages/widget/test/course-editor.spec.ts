import type { Page } from '@playwright/test';
import { breaches, expect, open, test } from './helpers.ts';

const editor = (page: Page) => page.locator('laurel-course-editor');
const button = (page: Page, name: string) => editor(page).getByRole('button', { name, exact: true });
const field = (page: Page, label: string) => editor(page).getByLabel(label, { exact: true });
const row = (page: Page, id: string) => editor(page).locator(`[data-node="${id}"]`);
const said = (page: Page) => editor(page).locator('[aria-live]');
const saved = (page: Page) => expect(editor(page).locator('.state')).toHaveText('All is saved');

async function openEditor(page: Page, query: Record<string, string> = {}) {
  const act = await open(page, { show: 'author', scenario: 'courses', signed: '1', ...query });
  await editor(page).locator('.title').first().waitFor();
  return act;
}

/** What of the draft is sent next. */
const sent = (page: Page) =>
  page
    .waitForRequest((request) => request.method() === 'PUT' && request.url().endsWith('/draft'))
    .then((request) => request.postDataJSON() as { revision: number; nodes: { id: string; parent: string | null }[] });

async function openPart(page: Page, title: string) {
  const part = editor(page).locator('details', { has: page.getByRole('heading', { name: title, exact: true }) });
  if ((await part.getAttribute('open')) === null) await part.locator('summary').click();
}

test('lists the courses with their states, and is axe clean', async ({ page }) => {
  await openEditor(page);
  await expect(editor(page).locator('.listed')).toHaveCount(4);
  await expect(editor(page).locator('.listed').first()).toContainText('Published');
  await expect(editor(page).locator('.listed').nth(1)).toContainText('Draft');
  // All of them are in sight.
  await expect(editor(page).locator('.by')).toHaveCount(0);
  expect(await breaches(page)).toEqual([]);
});

test('a course that is not there: said, and those there are stand below to choose from', async ({ page }) => {
  let answer = () => {};
  await page.route(/\/courses\?/, async (route) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    await route.continue();
  });
  await openEditor(page, { open: 'gone' });
  await expect(editor(page).locator('.told')).toHaveText('There is no such course.');
  await expect(editor(page)).toContainText('One moment …');
  answer();
  await editor(page).getByRole('button', { name: 'Roasting, from the farm on' }).click();
  await expect(editor(page).getByText('Nothing here yet', { exact: false })).toBeVisible();
});

test('courses that cannot be read: said, tried again, one is opened by its slug; those of a long list too', async ({
  page,
}) => {
  let broken = true;
  await page.route(/\/courses\?/, async (route) => {
    if (broken) return route.abort();
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), nextCursor: 'more' } });
  });
  await openEditor(page);
  await expect(editor(page).getByRole('alert')).toContainText('could not be read');
  await expect(editor(page).getByText('There are no courses here yet', { exact: false })).toHaveCount(0);
  expect(await breaches(page)).toEqual([]);
  broken = false;
  await button(page, 'Try again').click();
  await expect(editor(page).locator('.listed')).toHaveCount(4);
  await field(page, 'Not in the list? Open by slug').fill('nothing');
  await button(page, 'Open').click();
  await expect(editor(page).locator('.told')).toHaveText('There is no such course.');
  await field(page, 'Not in the list? Open by slug').fill('tea');
  await button(page, 'Open').click();
  await expect(row(page, 'leaf')).toBeVisible();
});

test('a course is made: what is missing is said, a slug that is taken too', async ({ page }) => {
  await openEditor(page, { scenario: 'courses' });
  await button(page, 'New course').click();
  await button(page, 'Make the course').click();
  await expect(field(page, 'Name')).toBeFocused();
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/Please fill this in/);
  await field(page, 'Name').fill('Tea');
  await expect(field(page, 'Slug')).toHaveValue('tea');
  await button(page, 'Make the course').click();
  await expect(field(page, 'Slug')).toBeFocused();
  await field(page, 'Slug').fill('green-tea');
  await button(page, 'Make the course').click();
  await expect(editor(page).getByText('Nothing here yet', { exact: false })).toBeVisible();
  expect(await breaches(page)).toEqual([]);
});

test('a lesson gets its id of its title, and keeps it', async ({ page }) => {
  await openEditor(page, { open: 'roasting' });
  await button(page, '+ Lesson').click();
  await expect(editor(page).locator('.rename')).toBeFocused();
  await page.keyboard.type('Café com leite');
  await page.keyboard.press('Enter');
  await expect(row(page, 'cafe-com-leite')).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('Another name');
  const body = sent(page);
  await page.keyboard.press('Enter');
  expect((await body).nodes.map(({ id }) => id)).toContain('cafe-com-leite');
  await expect(row(page, 'cafe-com-leite')).toContainText('Another name');
  await saved(page);
});

for (const [way, press] of [
  ['the mouse', (page: Page) => button(page, '+ Lesson').click()],
  ['the keyboard', (page: Page) => button(page, '+ Lesson').press('Enter')],
] as const) {
  test(`what is typed right after a lesson was added by ${way} is its title`, async ({ page }) => {
    await openEditor(page, { open: 'barista' });
    await row(page, 'week-2').click();
    await press(page);
    // Nothing is waited for: the title is there to be typed over.
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className)).toContain('rename');
    await page.keyboard.type('Cold milk');
    // The bar at the bottom of the window does not cover it.
    const [typed, bar] = [editor(page).locator('.rename'), editor(page).locator('.savebar')];
    const [above, below] = [await typed.boundingBox(), await bar.boundingBox()];
    expect((above?.y ?? 999) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
    await page.keyboard.press('Enter');
    await expect(row(page, 'cold-milk')).toBeFocused();
    await expect(row(page, 'cold-milk')).toContainText('Cold milk');
    await expect(editor(page).locator('.node')).toHaveCount(13);
  });
}

test('the tree is walked and changed by the keyboard alone, and says where things are', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await row(page, 'welcome').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(said(page)).toHaveText('Welcome: now 2 of 4 in Beans and water');
  await expect(row(page, 'welcome')).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(row(page, 'welcome')).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(row(page, 'welcome')).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'week-1')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'week-1')).toHaveAttribute('aria-expanded', 'false');
  await expect(row(page, 'grinding')).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(row(page, 'first-shift')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(row(page, 'first-shift')).toHaveCount(0);
  await expect(button(page, 'Undo')).toBeFocused();
  const body = sent(page);
  await page.keyboard.press('Enter');
  await expect(row(page, 'first-shift')).toBeFocused();
  expect((await body).nodes.at(-1)).toMatchObject({ id: 'first-shift', parent: 'service' });
  await saved(page);
});

test('a lesson is dragged into another week by its grip; Escape leaves it', async ({ page }) => {
  await page.setViewportSize({ width: 960, height: 1200 });
  await openEditor(page, { open: 'barista' });
  const grip = row(page, 'welcome').locator('.grip');
  const [from, to] = [await grip.boundingBox(), await row(page, 'steam').boundingBox()];
  if (!from || !to) throw new Error('not on screen');
  const drag = async () => {
    await page.mouse.move(from.x + 5, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 5, to.y + to.height - 2, { steps: 6 });
    await expect(editor(page).locator('.drop')).toBeVisible();
  };
  await drag();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(editor(page).locator('[role=treeitem]').nth(2)).toHaveAttribute('data-node', 'welcome');
  await drag();
  const body = sent(page);
  await page.mouse.up();
  const ids = (await body).nodes.map(({ id, parent }) => `${id}<${parent}`);
  expect(ids.indexOf('welcome<week-2')).toBe(ids.indexOf('steam<week-2') + 1);
});

test('a unit is duplicated with all in it, and deleted', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await row(page, 'week-2').click();
  await button(page, 'Duplicate').click();
  await expect(row(page, 'week-2-2')).toBeFocused();
  await expect(row(page, 'steam-2')).toHaveAttribute('aria-level', '3');
  await button(page, 'Delete').click();
  await expect(row(page, 'steam-2')).toHaveCount(0);
  await expect(editor(page).locator('.undoing')).toContainText('with all that was in it');
});

test('text is written with its preview beside it, drawn without HTML', async ({ page }) => {
  await openEditor(page, { open: 'barista', csp: 'strict' });
  await row(page, 'welcome').click();
  await field(page, 'Text').fill('# Hello\n\n**Bold** <img src=x onerror=alert(1)>\n\n- [x] done');
  const sight = editor(page).getByRole('region', { name: 'As learners see it' });
  await expect(sight.getByRole('heading', { name: 'Hello' })).toBeVisible();
  await expect(sight.locator('strong')).toHaveText('Bold');
  await expect(sight).toContainText('<img src=x');
  await expect(sight.locator('img')).toHaveCount(0);
  await saved(page);
});

test('a video is known by its address; what is not finished holds nothing else up', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await row(page, 'steam').click();
  await field(page, 'Video (address)').fill('youtu.be/abc');
  await expect(field(page, 'Where it plays')).toHaveValue('youtube');
  await field(page, 'Title').fill('Steam, loudly');
  await expect(field(page, 'Length')).toHaveAccessibleDescription(/Give a time such as 12:34/);
  await saved(page);
  await page.reload();
  await row(page, 'steam').click();
  await expect(field(page, 'Title')).toHaveValue('Steam, loudly');
  await expect(field(page, 'Video (address)')).toHaveValue('https://youtu.be/abc');
  const body = sent(page);
  await field(page, 'Length').fill('3:20');
  expect((await body).nodes.find(({ id }) => id === 'steam')).toMatchObject({
    video: { provider: 'youtube', url: 'https://youtu.be/abc', lengthMs: 200_000 },
  });
  await button(page, 'Add a chapter').click();
  await expect(editor(page).locator('[data-at="#/video/chapters/0/title"]')).toBeFocused();
});

test('a rule is put together of rules, in plain words', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await row(page, 'welcome').click();
  await openPart(page, 'When it is done');
  await editor(page).getByLabel('a rule of its own is met').check();
  const kinds = field(page, 'What it takes');
  await kinds.first().selectOption('some');
  await expect(kinds.first()).toBeFocused();
  await button(page, 'Add to it').click();
  await kinds.nth(2).selectOption('time');
  const body = sent(page);
  await field(page, 'Seconds').fill('300');
  expect((await body).nodes.find(({ id }) => id === 'welcome')).toMatchObject({
    done: {
      kind: 'some',
      count: 1,
      of: [
        { kind: 'manual', by: 'learner' },
        { kind: 'time', seconds: 300 },
      ],
    },
  });
  await expect(editor(page).getByText('in front of the learner for 5:00', { exact: false })).toBeVisible();
  expect(await breaches(page)).toEqual([]);
});

test('when something opens: presets, and a tree of conditions', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await row(page, 'latte-live').click();
  await expect(field(page, 'Opens')).toHaveValue('previous');
  await field(page, 'Opens').selectOption('enrolment');
  await field(page, 'Days').fill('3');
  await field(page, 'Opens').selectOption('tree');
  await button(page, 'Add a condition').click();
  await field(page, 'Condition').nth(2).selectOption('cohort');
  await editor(page).locator('.rule').getByLabel('Weekenders').check();
  const body = sent(page);
  await field(page, 'Condition').first().selectOption('any');
  expect((await body).nodes.find(({ id }) => id === 'latte-live')).toMatchObject({
    opens: {
      kind: 'any',
      of: [
        { kind: 'days', since: 'enrolment', days: 3, at: '00:00' },
        { kind: 'cohort', cohorts: ['spring', 'weekend'] },
      ],
    },
  });
  await expect(field(page, 'Condition').first()).toBeFocused();
  expect(await breaches(page)).toEqual([]);
});

test('what is wrong is a list that leads to the field', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await editor(page).locator('.faults summary').click();
  await editor(page).getByRole('button', { name: 'A video lesson needs a video.', exact: false }).click();
  await expect(row(page, 'steam')).toHaveAttribute('aria-selected', 'true');
  await field(page, 'Title').fill('');
  await expect(editor(page).locator('.faults')).toContainText('2 things');
  await row(page, 'welcome').click();
  await editor(page).getByRole('button', { name: 'Give it a title.', exact: false }).click();
  await expect(field(page, 'Title')).toBeFocused();
});

test('nothing is lost when the server is away or the page is closed', async ({ page }) => {
  const act = await openEditor(page, { open: 'barista' });
  await row(page, 'welcome').click();
  await act('break');
  await field(page, 'Title').fill('Welcome, all');
  await expect(editor(page).locator('.state')).toContainText('kept on this device');
  await act('heal');
  await page.reload();
  const body = sent(page);
  expect((await body).nodes.find(({ id }) => id === 'welcome')).toMatchObject({ title: 'Welcome, all' });
  await saved(page);
});

test('two authors: different lessons come together, of the same lesson one decides', async ({ page }) => {
  const act = await openEditor(page, { open: 'barista' });
  await row(page, 'welcome').click();
  await act('theirs', { id: 'why-water', title: 'Water, by another' });
  await field(page, 'Title').fill('Mine');
  await expect(row(page, 'why-water')).toContainText('Water, by another');
  await expect(row(page, 'welcome')).toContainText('Mine');
  await saved(page);
  await act('theirs', { id: 'welcome', title: 'Theirs' });
  await field(page, 'Title').fill('Mine again');
  await expect(editor(page).locator('.conflict')).toContainText('Nothing is lost');
  expect(await breaches(page)).toEqual([]);
  await button(page, 'Go on with mine').click();
  await saved(page);
  await expect(row(page, 'welcome')).toContainText('Mine again');
});

test('a new lesson never gets the id of one that was taken out', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await row(page, 'welcome').click();
  await button(page, 'Delete').click();
  await saved(page);
  await button(page, '+ Lesson').click();
  await editor(page).locator('.rename').fill('Welcome');
  await page.keyboard.press('Enter');
  await expect(row(page, 'welcome-2')).toContainText('Welcome');
  await expect(row(page, 'welcome')).toHaveCount(0);
});

test('publishing says first what it would do, with numbers and missing lessons', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await expect(button(page, 'Publish …')).toHaveAttribute('aria-disabled', 'true');
  await row(page, 'latte-live').click();
  await field(page, 'Opens').selectOption('none');
  await row(page, 'steam').click();
  await button(page, 'Delete').click();
  await saved(page);
  await button(page, 'Publish …').click();
  const dialog = editor(page).getByRole('dialog', { name: 'Publish the draft' });
  await expect(dialog).toContainText('37 learners who are done would fall below 100 %.');
  await expect(dialog).toContainText('Latte art, together');
  await expect(dialog.locator('.returned')).toContainText('in a version before');
  expect(await breaches(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(button(page, 'Publish …')).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.getByRole('radio', { name: 'Credit', exact: false }).check();
  await dialog.getByLabel('What is new (optional)', { exact: true }).fill('Less steam.');
  const body = page.waitForRequest(/publish$/);
  await dialog.getByRole('button', { name: 'Publish version 3' }).click();
  expect((await body).postDataJSON()).toEqual({ revision: 8, learners: 'credit', note: 'Less steam.' });
  await expect(editor(page).locator('.told')).toHaveText('Version 3 is published.');
  await button(page, 'Versions and files').click();
  await expect(editor(page).locator('.events > li')).toHaveCount(3);
});

test('a file is read and reported before it goes into the draft; the course is taken out', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await button(page, 'Versions and files').click();
  await editor(page)
    .locator('input[type=file]')
    .setInputFiles({ name: 'filter.imscc', mimeType: 'application/zip', buffer: Buffer.from('zip') });
  await expect(editor(page).locator('.converted')).toContainText('A discussion forum has no place here');
  expect(await breaches(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await button(page, 'Markdown (zip)').click();
  expect((await download).suggestedFilename()).toBe('barista.zip');
  const body = sent(page);
  await button(page, 'Take it into the draft').click();
  expect((await body).nodes.map(({ id }) => id)).toEqual(['filter', 'why-water', 'bloom']);
});

test('settings are saved apart: only what changed, in the zone of the course', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await button(page, 'Settings').click();
  await openPart(page, 'Price and contests');
  await expect(field(page, 'Price of a seat (optional)')).toHaveValue('49.90');
  await field(page, 'Price of a seat (optional)').fill('12.345');
  await button(page, 'Save changes').click();
  await expect(field(page, 'Price of a seat (optional)')).toBeFocused();
  await field(page, 'Price of a seat (optional)').fill('12,50');
  await field(page, 'End (optional)').fill('2031-07-01T18:00');
  const body = page.waitForRequest((request) => request.method() === 'PATCH');
  await button(page, 'Save changes').click();
  expect((await body).postDataJSON()).toEqual({
    price: { minor: 1250, currency: 'EUR' },
    endsAt: '2031-07-01T17:00:00.000Z',
  });
  await expect(editor(page).locator('.told')).toHaveText('Saved.');
});

test('cohorts are added and changed', async ({ page }) => {
  await openEditor(page, { open: 'barista' });
  await button(page, 'Cohorts').click();
  await button(page, 'Add a cohort').click();
  await expect(field(page, 'Name')).toBeFocused();
  await field(page, 'Name').fill('Autumn class');
  await field(page, 'Start (optional)').fill('2031-10-01T18:00');
  await button(page, 'Save changes').click();
  await expect(editor(page).locator('.listed')).toHaveCount(3);
  await editor(page).getByRole('button', { name: 'Weekenders' }).click();
  await page.keyboard.press('Escape');
  await expect(editor(page).getByRole('button', { name: 'Weekenders' })).toBeFocused();
  expect(await breaches(page)).toEqual([]);
});

test('says so when the visitor is no staff, and when the API is down', async ({ page }) => {
  await open(page, { show: 'author', scenario: 'courses' });
  await expect(editor(page).getByText('Only staff can see this.', { exact: false })).toBeVisible();
  await open(page, { show: 'author', scenario: 'down', signed: '1' });
  await expect(editor(page).getByRole('alert')).toContainText('could not be read');
});

for (const [name, query] of Object.entries({
  dark: { host: 'dark', open: 'barista' },
  narrow: { host: 'serif', open: 'barista' },
  rtl: { dir: 'rtl', lang: 'es', open: 'strange' },
  portuguese: { lang: 'pt', open: 'barista' },
  'a host that resets everything': { host: 'shop', open: 'barista' },
})) {
  test(`keeps to its width and to what axe asks: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: name === 'narrow' ? 320 : 700, height: 900 });
    await openEditor(page, query as Record<string, string>);
    await row(page, query.open === 'strange' ? 'hebrew' : 'grinding').click();
    await editor(page).locator('.pane .part').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    if (name !== 'a host that resets everything') expect(await breaches(page)).toEqual([]);
  });
}
