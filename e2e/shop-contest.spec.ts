import type { Locator, Page } from '@playwright/test';
import { freePort, type Running, startExample } from './support/server.ts';
import { join } from './support/shop.ts';
import { embedded, type Storage } from './support/storage.ts';
import { expect, test } from './support/visitors.ts';

/** An instant as a field for date and time in UTC takes it. */
const inUtc = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 19);

/** Makes a raffle in the editor that ends soon, is decided by public numbers and claimed by a form, and schedules it. */
async function makeRaffle(staff: Page, name: string, endsAt: number): Promise<void> {
  const editor = staff.locator('laurel-contest-editor');
  const field = (pointer: string) => editor.locator(`[data-at="#/${pointer}"]`);
  await editor.getByRole('button', { name: 'New contest' }).click();
  await editor.getByLabel('Name', { exact: true }).fill(name);
  await editor.getByRole('radio', { name: /^Raffle/ }).check();
  await field('timeZone').fill('UTC');
  await field('startsAt').fill(inUtc(Date.now() - 60_000));
  await field('endsAt').fill(inUtc(endsAt));
  await field('prizes/0/name').fill('A kite for the evening');
  await editor.getByText('How points are earned', { exact: true }).click();
  await editor.getByRole('button', { name: 'Add an action' }).click();
  await field('actions/0/kind').selectOption('daily');
  await field('actions/0/title').fill('Say hello');
  await field('actions/0/points').fill('3');
  await editor.getByText('Claiming prizes', { exact: true }).click();
  await editor.getByLabel('Winners claim their prize').check();
  await editor.getByRole('button', { name: 'Add a field' }).click();
  await field('claim/fields/0/label').fill('Where it goes');
  await editor.getByText('How winners are chosen', { exact: true }).click();
  await editor.getByRole('radio', { name: /^Public numbers/ }).check();
  await field('draw/numbers').fill('The six numbers of the evening');
  await field('draw/delaySeconds').fill('30');
  await editor.getByRole('button', { name: 'Save and schedule' }).click();
  await expect(editor.getByText('Scheduled. It goes live by itself at its start.')).toBeVisible();
}

/** Does what asks for a note or a reason in the editor that is open. */
async function act(editor: Locator, button: string, word: string, field: string, why: string): Promise<void> {
  await editor.getByRole('button', { name: button, exact: true }).click();
  await editor.getByLabel(field, { exact: true }).fill(why);
  await editor.locator('.ask').getByRole('button', { name: word, exact: true }).click();
}

test.describe('a contest of the shop', () => {
  let storage: Storage;
  let server: Running;

  test.beforeAll(async () => {
    storage = await embedded();
    server = await startExample('express', 'src/server.ts', { ...storage.env, PORT: String(await freePort()) });
  });
  test.afterAll(async () => {
    await server?.stop();
    await storage?.remove();
  });

  test('goes from its creation to a checked draw and a claimed prize, in two browsers', async ({
    visitor,
    otherBrowser,
  }) => {
    test.setTimeout(150_000);
    const staff = await visitor();
    await staff.goto(`${server.url}/staff`);
    const endsAt = Math.ceil(Date.now() / 1000) * 1000 + 40_000;
    await makeRaffle(staff, 'Evening draw', endsAt);
    const editor = staff.locator('laurel-contest-editor');
    const told = editor.locator('.told');

    /** Somebody in the other browser who takes part, with three tickets. */
    const entrant = async (name: string) => {
      const page = await visitor({}, undefined, otherBrowser);
      await page.goto(`${server.url}/join`);
      await join(page, name);
      await page.goto(`${server.url}/draw/evening-draw`);
      await expect(page.locator('laurel-contest').getByText('A kite for the evening')).toBeVisible();
      await page.locator('laurel-contest').getByRole('button', { name: 'Check in' }).click();
      await expect(
        page
          .locator('laurel-contest')
          .getByText(/3 (of \d )?tickets/)
          .first(),
      ).toBeVisible();
      return page;
    };
    const rosa = await entrant('Rosa');
    const tilda = await entrant('Tilda');
    const contest = rosa.locator('laurel-contest');

    await staff.reload();
    await editor.getByRole('button', { name: 'Evening draw' }).click();
    await act(editor, 'Pause', 'Pause', 'Note, for everybody', 'The hill is closed for a moment.');
    await expect(told).toHaveText('Paused. Nothing earns points until you resume it.');
    await rosa.reload();
    await expect(contest).toContainText(/Paused.*The hill is closed for a moment\./s);
    await act(editor, 'Resume', 'Resume', 'Note, for everybody', 'It is open again.');
    await expect(told).toHaveText('Running again.');
    await rosa.reload();
    await expect(contest.getByText('Say hello').first()).toBeVisible();
    await expect(contest).not.toContainText('Paused');

    await act(editor, 'Disqualify: Tilda', 'Disqualify', 'Reason', 'A second account of somebody');
    await expect(told).toHaveText('Disqualified.');
    await tilda.reload();
    const reason = 'You were taken out of this contest: A second account of somebody';
    await expect(tilda.locator('laurel-contest')).toContainText(reason);

    await staff.waitForTimeout(Math.max(0, endsAt - Date.now()));
    const numbers = editor.getByLabel('The six numbers of the evening');
    await expect(async () => {
      await staff.reload();
      await editor.getByRole('button', { name: 'Evening draw' }).click();
      await expect(numbers).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await numbers.fill('4 8 15 16 23 42');
    await editor.getByRole('button', { name: 'Give the numbers' }).click();

    await expect(async () => {
      await rosa.reload();
      await expect(contest.getByRole('button', { name: 'Check the draw' })).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await expect(contest.getByRole('row', { name: /Rosa/ })).toContainText('A kite for the evening');
    await contest.getByRole('button', { name: 'Check the draw' }).click();
    await expect(contest.getByText('Everything fits. Your device worked it out itself.').first()).toBeVisible();
    await contest.getByLabel('Where it goes').fill('Hill 1');
    await contest.getByRole('button', { name: 'Claim', exact: true }).click();
    await expect(contest.getByText('You have claimed it', { exact: false })).toBeVisible();
    await expect(contest.getByRole('row', { name: /Tilda/ })).toHaveCount(0);
    const evidence = await rosa.request.get(`${server.url}/api/contests/evening-draw/draw/evidence.json`);
    expect(JSON.stringify(await evidence.json())).not.toContain('Rosa');
  });
});
