import type { Page } from '@playwright/test';
import { breaches, expect, open, test } from './helpers.ts';

const editor = (page: Page) => page.locator('laurel-contest-editor');
const button = (page: Page, name: string) => editor(page).getByRole('button', { name, exact: true });
const field = (page: Page, label: string) => editor(page).getByLabel(label, { exact: true });
const told = (page: Page) => editor(page).locator('.told');

async function openEditor(page: Page, query: Record<string, string> = {}) {
  const act = await open(page, { show: 'editor', scenario: 'editor', signed: '1', ...query });
  await editor(page).locator('.title').first().waitFor();
  return act;
}

async function fillNew(page: Page) {
  await button(page, 'New contest').click();
  await field(page, 'Name').fill('Summer at twenty');
  await field(page, 'Time zone').fill('Europe/Lisbon');
  await field(page, 'Start').fill('2030-07-01T09:00:00');
  await field(page, 'End').fill('2030-08-01T00:00:00');
  await editor(page).locator('[data-at="#/prizes/0/name"]').fill('Coffee for a year');
}

test('lists the contests with their states, and is axe clean', async ({ page }) => {
  await openEditor(page);
  await expect(editor(page).locator('.listed')).toHaveCount(7);
  await expect(editor(page).locator('.listed').nth(2)).toContainText('Live');
  await expect(editor(page).locator('.listed').nth(2)).toContainText('Europe/Lisbon');
  expect(await breaches(page)).toEqual([]);
});

test('a name, dates and a prize make a contest, in the zone of the contest', async ({ page }) => {
  await openEditor(page, { scenario: 'editorEmpty' });
  await expect(editor(page).getByText('There are no contests yet.', { exact: false })).toBeVisible();
  await fillNew(page);
  await expect(field(page, 'Slug')).toHaveValue('summer-at-twenty');
  await button(page, 'Preview').click();
  await expect(editor(page).locator('.paper')).toContainText('Jul 1, 2030, 9:00 AM to Aug 1, 2030, 12:00 AM');
  await button(page, 'Settings').click();
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await button(page, 'Save and schedule').click();
  const body = (await sent).postDataJSON();
  expect(body).toMatchObject({
    program: 'friends',
    slug: 'summer-at-twenty',
    state: 'scheduled',
    startsAt: '2030-07-01T08:00:00.000Z',
    endsAt: '2030-07-31T23:00:00.000Z',
    prizes: [{ name: 'Coffee for a year', winners: 1 }],
  });
  await expect(told(page)).toHaveText('Scheduled. It goes live by itself at its start.');
  await expect(told(page)).toBeFocused();
  await button(page, 'All contests').click();
  await expect(editor(page).locator('.listed')).toContainText('Scheduled');
});

test('errors of the API stand at their field, with the focus there, and nothing typed is lost', async ({ page }) => {
  await openEditor(page);
  await fillNew(page);
  await field(page, 'Slug').fill('spring');
  await button(page, 'Save draft').click();
  await expect(field(page, 'Slug')).toBeFocused();
  await expect(field(page, 'Slug')).toHaveAccessibleDescription(/The slug "spring" is taken/);
  await field(page, 'Slug').fill('spring-2');
  await expect(field(page, 'Slug')).toHaveAttribute('aria-invalid', 'false');
  await field(page, 'Winners').fill('5000');
  await button(page, 'Save draft').click();
  await expect(field(page, 'Winners')).toBeFocused();
  await expect(field(page, 'Winners')).toHaveAccessibleDescription('must be at most 1000');
  await field(page, 'Winners').fill('many');
  await button(page, 'Save draft').click();
  await expect(field(page, 'Winners')).toHaveAccessibleDescription('Please give a whole number.');
  await field(page, 'Winners').fill('10');
  expect(await breaches(page)).toEqual([]);
  await editor(page).getByLabel('League').check();
  await button(page, 'Save draft').click();
  await expect(field(page, 'Board by')).toBeFocused();
  await field(page, 'Board by').selectOption('week');
  await button(page, 'Save draft').click();
  await expect(told(page)).toHaveText('Saved.');
  await expect(editor(page).locator('[data-at="#/prizes/0/name"]')).toHaveValue('Coffee for a year');
});

test('a closed part opens for the field that is wrong', async ({ page }) => {
  await openEditor(page, { open: 'autumn' });
  await editor(page).getByText('How points are earned').click();
  await button(page, 'Add an action').click();
  await editor(page).getByText('How points are earned').click();
  await button(page, 'Save draft').click();
  await expect(editor(page).locator('[data-at="#/actions/0/title"]')).toBeFocused();
});

test('what was typed survives a server that is down, another tab and the way back', async ({ page }) => {
  const act = await openEditor(page, { open: 'autumn' });
  await field(page, 'Name').fill('Autumn challenge, renamed');
  await act('break');
  await button(page, 'Save draft').click();
  await expect(told(page)).toContainText('What you typed is still here');
  await expect(field(page, 'Name')).toHaveValue('Autumn challenge, renamed');
  await button(page, 'Preview').click();
  await expect(editor(page).locator('.paper')).toContainText('Autumn challenge, renamed');
  await act('heal');
  await button(page, 'All contests').click();
  await editor(page).getByRole('button', { name: 'Autumn challenge' }).click();
  await expect(field(page, 'Name')).toHaveValue('Autumn challenge, renamed');
  const sent = page.waitForRequest((request) => request.method() === 'PATCH');
  await button(page, 'Save draft').click();
  expect((await sent).postDataJSON()).toEqual({ name: 'Autumn challenge, renamed' });
  await expect(told(page)).toHaveText('Saved.');
});

test('prizes are added, moved and taken out by keyboard, and the focus is never lost', async ({ page }) => {
  await openEditor(page, { open: 'autumn' });
  const names = editor(page).locator('[data-at^="#/prizes/"][data-at$="/name"]');
  await button(page, 'Add a prize').focus();
  await page.keyboard.press('Enter');
  await expect(names.nth(1)).toBeFocused();
  await page.keyboard.type('Enamel mug');
  await button(page, 'Move Prize 2 up').focus();
  await page.keyboard.press('Enter');
  await expect(names.first()).toHaveValue('Enamel mug');
  await expect(button(page, 'Move Prize 1 up')).toBeFocused();
  await expect(editor(page).locator('[aria-live]')).toHaveText('Now in place 1 of 2');
  await button(page, 'Remove: Prize 1').focus();
  await page.keyboard.press('Enter');
  await expect(names).toHaveCount(1);
  await expect(names.first()).toBeFocused();
  await expect(names.first()).toHaveValue('Coffee for a year');
});

test('says what clocks do with a time', async ({ page }) => {
  await openEditor(page, { open: 'autumn' });
  await field(page, 'Start').fill('2030-03-31T01:30:00');
  await expect(editor(page).getByText('Clocks skip this time that night.', { exact: false })).toContainText('2:30 AM');
  await field(page, 'End').fill('2030-10-27T01:30:00');
  const sent = () => page.waitForRequest((request) => request.method() === 'PATCH').then((each) => each.postDataJSON());
  let body = sent();
  await button(page, 'Save draft').click();
  expect(await body).toEqual({ startsAt: '2030-03-31T01:30:00.000Z', endsAt: '2030-10-27T00:30:00.000Z' });
  await expect(told(page)).toHaveText('Saved.');
  await editor(page).getByLabel('take the second one', { exact: false }).check();
  body = sent();
  await button(page, 'Save draft').click();
  expect(await body).toEqual({ endsAt: '2030-10-27T01:30:00.000Z' });
});

test('what decides is shown as fixed once it runs, words can still change', async ({ page }) => {
  await openEditor(page, { open: 'spring' });
  await button(page, 'Settings').click();
  await expect(field(page, 'Start')).toBeDisabled();
  await expect(editor(page).locator('[data-at="#/prizes/0/name"]')).toBeDisabled();
  await expect(editor(page).getByText('Fixed since the contest began', { exact: false }).first()).toBeVisible();
  await field(page, 'Description (optional)').fill('A word more');
  await button(page, 'Save changes').click();
  await expect(told(page)).toHaveText('Saved.');
  expect(await breaches(page)).toEqual([]);
});

test('is paused, resumed and extended with a public note, all in the history', async ({ page }) => {
  await openEditor(page, { open: 'spring' });
  await button(page, 'Pause').click();
  await expect(field(page, 'Note, for everybody')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Pause')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('We are moving house.');
  await editor(page).locator('.ask').getByRole('button', { name: 'Pause' }).click();
  await expect(told(page)).toContainText('Paused.');
  await expect(editor(page).locator('.events')).toContainText('We are moving house.');
  await expect(editor(page).locator('.events')).toContainText('staff:Ida');
  await button(page, 'Resume').click();
  await field(page, 'Note, for everybody').fill('Here we are.');
  await editor(page).locator('.ask').getByRole('button', { name: 'Resume' }).click();
  await expect(told(page)).toContainText('Running again.');
  await button(page, 'Extend').click();
  await field(page, 'New end').fill('2040-01-01T12:00:00');
  await field(page, 'Note, for everybody').fill('Two more weeks.');
  const sent = page.waitForRequest(/extend$/);
  await editor(page).locator('.ask').getByRole('button', { name: 'Extend' }).click();
  expect((await sent).postDataJSON()).toEqual({ endsAt: '2040-01-01T12:00:00.000Z', note: 'Two more weeks.' });
  await expect(editor(page).getByText('Live until Jan 1, 2040', { exact: false })).toBeVisible();
});

test('somebody on the board is disqualified with a public reason that warns of names', async ({ page }) => {
  await openEditor(page, { open: 'spring' });
  await button(page, 'Disqualify: Joaquim').click();
  await expect(field(page, 'Reason')).toHaveAccessibleDescription(/must not hold names/);
  await field(page, 'Reason').fill('Automated sign-ups');
  expect(await breaches(page)).toEqual([]);
  await editor(page).locator('.ask').getByRole('button', { name: 'Disqualify' }).click();
  await expect(told(page)).toHaveText('Disqualified.');
  await expect(editor(page).getByText('Automated sign-ups')).toBeVisible();
  await expect(button(page, 'Disqualify: Joaquim')).toHaveCount(0);
});

test('a draft is scheduled and goes back', async ({ page }) => {
  await openEditor(page, { open: 'autumn', only: '1' });
  await button(page, 'Run').click();
  await button(page, 'Schedule').click();
  await expect(told(page)).toContainText('Scheduled.');
  await button(page, 'Back to draft').click();
  await expect(told(page)).toContainText('Back to draft.');
  await expect(button(page, 'Schedule')).toBeVisible();
});

test('says what the draw waits for, and takes the numbers', async ({ page }) => {
  await openEditor(page, { open: 'winter' });
  await expect(editor(page).getByText('214 entries with 3,480 tickets', { exact: false })).toBeVisible();
  await expect(editor(page).getByText('waits for round 4820113', { exact: false })).toBeVisible();
  await openEditor(page, { open: 'lottery' });
  await field(page, 'EuroMillions of 5 June').fill('4, 18, 22 35 41');
  await field(page, 'Totoloto of 6 June').fill('7 9');
  const sent = page.waitForRequest(/numbers$/);
  await button(page, 'Give the numbers').click();
  expect((await sent).postDataJSON()).toEqual({
    numbers: [
      ['4', '18', '22', '35', '41'],
      ['7', '9'],
    ],
  });
  await expect(editor(page).getByText('The draw follows in a moment.', { exact: true })).toBeVisible();
  await expect(button(page, 'Give the numbers')).toHaveCount(0);
});

test('after the draw: winners with claims, one gives up, results are published, files are saved', async ({ page }) => {
  await openEditor(page, { open: 'summer' });
  await expect(editor(page).getByText('Rua das Flores 4', { exact: false })).toBeVisible();
  await expect(editor(page).getByText('no e-mail address known')).toBeVisible();
  await button(page, 'Give to the next: Joaquim').click();
  await field(page, 'Reason').fill('Does not want it');
  expect(await breaches(page)).toEqual([]);
  await editor(page).locator('.ask').getByRole('button', { name: 'Give to the next' }).click();
  await expect(told(page)).toContainText('The next in order takes the place.');
  await expect(button(page, 'Give to the next: Joaquim')).toHaveCount(0);
  await button(page, 'Publish results').click();
  await expect(told(page)).toHaveText('The results are public.');
  await expect(button(page, 'Publish results')).toHaveCount(0);
  const asked = page.waitForRequest(/leaderboard\.csv$/);
  const saved = page.waitForEvent('download');
  await button(page, 'Leaderboard (CSV)').click();
  expect((await asked).headers().authorization).toMatch(/^Bearer /);
  expect((await saved).suggestedFilename()).toBe('summer-leaderboard.csv');
});

test('the photo finish is saved as a file, in three languages; not before the end', async ({ page }) => {
  for (const [lang, name] of [
    ['es', 'Foto de llegada: la última hora (CSV)'],
    ['pt-BR', 'Foto de chegada: a última hora (CSV)'],
    ['en', 'Photo finish: the last hour (CSV)'],
  ] as const) {
    await openEditor(page, { open: 'summer', lang });
    await expect(button(page, name)).toBeVisible();
  }
  const asked = page.waitForRequest(/contests\/summer\/photo-finish\.csv$/);
  const saved = page.waitForEvent('download');
  await button(page, 'Photo finish: the last hour (CSV)').click();
  expect((await asked).headers().authorization).toMatch(/^Bearer /);
  expect((await saved).suggestedFilename()).toBe('summer-photo-finish.csv');
  await openEditor(page, { open: 'spring' });
  await expect(button(page, 'Leaderboard (CSV)')).toBeVisible();
  await expect(button(page, 'Photo finish: the last hour (CSV)')).toHaveCount(0);
});

test('says so when the visitor is no staff, and comes back after the API was down', async ({ page }) => {
  await open(page, { show: 'editor', scenario: 'editor' });
  await expect(editor(page).getByText('Only staff can see this.', { exact: false })).toBeVisible();
  await open(page, { show: 'editor', scenario: 'down', signed: '1' });
  await expect(editor(page).getByRole('alert')).toContainText('could not be read');
});

test('runs under a strict policy', async ({ page }) => {
  await openEditor(page, { open: 'summer', csp: 'strict' });
  await expect(button(page, 'Publish results')).toBeVisible();
});

for (const [name, query] of Object.entries({
  dark: { host: 'dark', open: 'autumn' },
  narrow: { host: 'serif', open: 'autumn' },
  'narrow, drawn': { host: 'serif', open: 'summer' },
  rtl: { dir: 'rtl', lang: 'es', open: 'spring' },
  'a host that resets everything': { host: 'shop', open: 'autumn' },
})) {
  test(`keeps to its width and to what axe asks: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: name.startsWith('narrow') ? 320 : 560, height: 900 });
    await openEditor(page, query as Record<string, string>);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    if (name !== 'a host that resets everything') expect(await breaches(page)).toEqual([]);
  });
}

test('the preview shows the contest’s own element, undisturbed by the style of the editor', async ({ page }) => {
  await openEditor(page, { open: 'spring' });
  await button(page, 'Preview').click();
  const inside = editor(page).locator('laurel-contest .contest');
  await expect(inside.getByText('Spring challenge')).toBeVisible();
  await expect(inside).toHaveCSS('display', 'flex');
});
