import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beginToLearn, farOf, finish, weekOne } from './support/bakery.ts';
import { freePort, type Running, startExample } from './support/server.ts';
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

/** Adds a lesson to the end of the first week, by keyboard alone. */
async function addLesson(page: Page, title: string): Promise<void> {
  const tree = page.getByRole('tree', { name: 'Curriculum' });
  await tree.getByRole('treeitem', { name: 'The first loaf' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '+ Lesson' }).focus();
  await page.keyboard.press('Enter');
  await expect(tree.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await expect(tree.getByRole('treeitem', { name: title })).toBeFocused();
  await expect(page.getByText('All is saved')).toBeVisible();
}

/** Publishes by keyboard, with one of the ways for those who learn; `expected` stands in the preview. */
async function publish(page: Page, way: 'Keep' | 'Require', version: number, expected: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Publish …' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Publish the draft' });
  for (const text of expected) await expect(dialog).toContainText(text);
  await dialog.getByRole('radio', { name: new RegExp(`^${way}:`) }).focus();
  await page.keyboard.press('Space');
  await expect(dialog.getByRole('radio', { name: new RegExp(`^${way}:`) })).toBeChecked();
  await dialog.getByRole('button', { name: `Publish version ${version}` }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').getByText(`Version ${version} is published.`)).toBeFocused();
}

test('a lesson that is added is asked of learners where staff say so, and takes nothing away', async ({ visitor }) => {
  const learner = await visitor();
  await beginToLearn(learner, server.url, 'Rosa');
  await finish(learner, weekOne);
  const before = await farOf(learner);
  expect(before).toMatchObject({ lessonsDone: 3 });

  const staff = await visitor();
  await staff.goto(`${server.url}/staff`);
  const row = staff.locator('laurel-cohort').getByRole('row', { name: /Rosa/ });
  await expect(row).toContainText(`${before.percent} %`);
  await expect(row).toContainText('Bake a same-day loaf');

  await addLesson(staff, 'Weigh the flour');
  await publish(staff, 'Keep', 2, ['1 added', 'learning now1', 'would fall1']);
  expect(await farOf(learner)).toMatchObject({ percent: before.percent, nodes: before.nodes });

  await addLesson(staff, 'Clean the bench');
  await publish(staff, 'Require', 3, ['1 added', 'learning now1', 'would fall1']);
  const after = await farOf(learner);
  const stateOf = (id: string) => after.nodes.find((node) => node.id === id)?.state;
  expect(after).toMatchObject({ lessonsDone: 3, percent: Math.floor(300 / 35) });
  // What was done stays done, and so what it opened stays open.
  expect([...weekOne, 'week-1', 'bakers-percentages'].map(stateOf)).toEqual(['done', 'done', 'done', 'done', 'open']);
  expect(['weigh-the-flour', 'clean-the-bench'].map(stateOf)).toEqual(['open', 'open']);

  await learner.reload();
  const progress = learner.locator('laurel-progress');
  await expect(progress.getByText('3 of 35 lessons done')).toBeVisible();
  await expect(progress.getByText('Next').locator('..')).toContainText('Weigh the flour');
  await finish(learner, ['weigh-the-flour', 'clean-the-bench']);
  await expect(progress.getByText('5 of 35 lessons done')).toBeVisible();
});

const pages = {
  '/': 'laurel-catalogue',
  '/learn': 'laurel-course article',
  '/board': 'laurel-leaderboard h2',
  '/staff': 'laurel-course-editor [role=tree]',
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1200]) {
    test(`axe finds nothing on any page (${colorScheme}, ${width} pixels)`, async ({ visitor }) => {
      const page = await visitor({ colorScheme, viewport: { width, height: 800 } });
      await beginToLearn(page, server.url, 'Kim');
      await finish(page, ['what-flour-is']);
      for (const [path, element] of Object.entries(pages)) {
        await page.goto(server.url + path);
        await expect(page.locator(element).first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${path}: ${id} ${nodes.map(({ target }) => target.join(' '))}`,
        );
        expect.soft(found).toEqual([]);
        expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
      }
    });
  }
}
