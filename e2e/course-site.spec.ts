import {
  ask,
  beginToLearn,
  comeIn,
  desk,
  doneOf,
  farOf,
  finish,
  markDone,
  openLesson,
  weekOne,
} from './support/bakery.ts';
import { atSpeed, film, playChapter, until, withoutHls } from './support/film.ts';
import { freePort, type Running, startExample } from './support/server.ts';
import { readLink, whenScoreIs } from './support/shop.ts';
import { expect, test } from './support/visitors.ts';

let server: Running;

test.beforeAll(async () => {
  // Where it has not been drawn yet, the video is at the first start.
  test.setTimeout(120_000);
  server = await startExample('course-site', 'src/server.ts', { PORT: String(await freePort()) });
});
test.afterAll(async () => {
  expect(await server?.stop()).toBe(0);
});

test('a learner does the first week, and it counts with a friend they brought on one board', async ({ visitor }) => {
  test.setTimeout(90_000);
  const page = await visitor();
  await withoutHls(page);
  await page.goto(server.url);
  await comeIn(page, 'Rosa');
  // What is in the phases is what is in the course.
  for (const lessons of ['38 lessons', '14 lessons', '16 lessons', '8 lessons']) {
    await expect(desk(page).getByText(lessons, { exact: true }).first()).toBeVisible();
  }
  await desk(page).getByRole('button', { name: 'Enrol' }).click();
  await expect(desk(page).getByRole('heading', { name: 'What flour is' })).toBeVisible();

  const board = await page.context().newPage();
  await board.goto(`${server.url}/board`);
  const friend = await visitor();
  await friend.goto(await readLink(board));
  await comeIn(friend, 'Felix');
  await whenScoreIs(board, 10);

  await markDone(page);
  await whenScoreIs(board, 12);

  await desk(page).getByRole('button', { name: /^Next/ }).click();
  await atSpeed(page, 2);
  expect(await film(page).getAttribute('src')).toMatch(/^blob:/);
  await playChapter(page, 'Just mixed');
  await until(page, 20);
  expect(await doneOf(page, weekOne)).toEqual(['what-flour-is']);
  await until(page, 39.9);
  await expect(desk(page).getByText('This lesson is done.')).toBeVisible({ timeout: 20_000 });
  await whenScoreIs(board, 14);

  await desk(page).getByRole('button', { name: /^Next/ }).click();
  await expect(desk(page).getByRole('heading', { name: 'Bake a same-day loaf' })).toBeVisible();
  await expect(desk(page).getByRole('button', { name: /^Next/ })).toHaveAttribute('aria-disabled', 'true');
  await markDone(page);
  await whenScoreIs(board, 10 + 25 + 3 * 2);

  await page.reload();
  const progress = page.locator('laurel-progress');
  await expect(progress.getByText('3 of 33 lessons done')).toBeVisible();
  await expect(progress.getByRole('button', { name: 'Week 1 The first loaf Done' })).toBeVisible();
  await progress.getByRole('button', { name: 'Continue' }).click();
  await expect(desk(page).getByRole('article').getByRole('heading', { name: 'Baker’s percentages' })).toBeVisible();
  const { nodes } = await farOf(page);
  expect(nodes.find(({ id }) => id === 'week-1')).toMatchObject({ state: 'done', percent: 100 });
});

test('a week that is locked stays locked, whatever the address says', async ({ visitor }) => {
  const page = await visitor({}, /status of 409/);
  await beginToLearn(page, server.url, 'Nils');
  await openLesson(page, server.url, 'bakers-percentages', 'Baker’s percentages');
  await expect(desk(page).getByText('This lesson is not open yet. Opens after “The first loaf”')).toBeVisible();
  await expect(desk(page).getByRole('button', { name: 'Mark as done' })).toHaveCount(0);
  const read = await ask<{ code: string }>(page, 'GET', '/courses/bread/lessons/bakers-percentages');
  expect([read.status, read.body.code]).toEqual([409, 'lesson_locked']);
  const done = await ask<{ code: string }>(page, 'POST', '/courses/bread/complete', { lesson: 'bakers-percentages' });
  expect([done.status, done.body.code]).toEqual([409, 'lesson_locked']);

  await finish(page, weekOne);
  await openLesson(page, server.url, 'bakers-percentages', 'Baker’s percentages');
  await expect(desk(page).getByText('A recipe in grams makes one loaf.')).toBeVisible();
  await markDone(page);
});

test('a quiz counts by what the host says, not by what a browser says', async ({ visitor }) => {
  const page = await visitor();
  await beginToLearn(page, server.url, 'Tove');
  await finish(page, [...weekOne, 'bakers-percentages', 'the-sheet', 'three-doughs']);
  await finish(page, ['rest-does-the-kneading', 'stretch-and-fold', 'overnight-in-the-cold']);
  await finish(page, ['what-the-oven-does', 'steam']);

  const claim = {
    ...{ id: crypto.randomUUID(), lesson: 'check-phase-one', kind: 'scored', score: 100 },
    ...{ occurredAt: new Date().toISOString(), timeZone: 'UTC' },
  };
  const { body } = await ask<{ outcomes: { outcome: string; code: string }[] }>(
    page,
    'POST',
    '/courses/bread/progress',
    { events: [claim] },
  );
  expect(body.outcomes).toMatchObject([{ outcome: 'refused', code: 'kind_not_allowed' }]);
  expect(await doneOf(page, ['check-phase-one'])).toEqual([]);

  await openLesson(page, server.url, 'check-phase-one', 'What do you know by now?');
  await expect(desk(page).getByText('Reach 60 of 100: 0 is your best so far')).toBeVisible();
  const answer = async (choices: readonly string[]) => {
    await page.goto(`${server.url}/quiz/check-phase-one`);
    for (const choice of choices) await page.getByLabel(choice, { exact: true }).check();
    await page.getByRole('button', { name: 'Hand in' }).click();
  };
  await answer(['The bran', '265 g', 'It would melt', '90 °C', 'It feeds the yeast']);
  await expect(page.getByRole('status')).toContainText('40 of 100.');
  await page.getByRole('link', { name: 'Back to the course' }).click();
  await expect(desk(page).getByText('Reach 60 of 100: 40 is your best so far')).toBeVisible();
  expect(await doneOf(page, ['check-phase-one', 'week-4'])).toEqual([]);

  await answer(['The bran', '325 g', 'It would melt', '90 °C', 'It feeds the yeast']);
  await page.getByRole('link', { name: 'Back to the course' }).click();
  await expect(desk(page).getByText(/^Done on /)).toBeVisible();
  expect(await doneOf(page, ['check-phase-one', 'week-4'])).toEqual(['week-4', 'check-phase-one']);
});
