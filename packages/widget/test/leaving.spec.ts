import { breaches, card, expect, open, test } from './helpers.ts';

const signed = { show: 'card', signed: '1' };
const summary = 'How it counts, who sees your name, how to leave';

test('small print: how invitations count, who sees the name, read when it is opened', async ({ page }) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await open(page, { ...signed, scenario: 'pinned' });
  const print = card(page).locator('.print');
  await print.getByText(summary).waitFor();
  expect(files).not.toContain('/laurel-settings.js');
  await print.getByText(summary).click();
  await expect(print).toContainText(/Whoever joins within 30 days.*the last one counts.*later counts for you as well/s);
  await expect(print).toContainText('People you invite see “Mira”.');
  await expect(print).toContainText('You can leave at any time, and come back.');
  expect(await breaches(page)).toEqual([]);
});

test('leaving takes two presses and can be taken back in between', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
  });
  await open(page, { ...signed, scenario: 'pinned' });
  await card(page).getByText(summary).click();
  await card(page).getByRole('button', { name: 'Leave the programme' }).click();
  await expect(card(page).getByRole('button', { name: 'Leave', exact: true })).toBeFocused();
  await card(page).getByRole('button', { name: 'Stay' }).click();
  await expect(card(page).getByRole('button', { name: 'Leave the programme' })).toBeFocused();
  expect(sent.filter((path) => path.endsWith('/leave'))).toEqual([]);
});

test('leaving and coming back by the keyboard', async ({ page }) => {
  await open(page, { ...signed, scenario: 'leavable' });
  await card(page).getByText(summary).press('Enter');
  await card(page).getByRole('button', { name: 'Leave the programme' }).press('Enter');
  await expect(card(page).getByRole('button', { name: 'Leave', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const gone = card(page).locator('.returning');
  await expect(gone).toBeFocused();
  await expect(gone).toContainText(
    /You have left this programme.*What you earned stays yours.*I take part in the referral/s,
  );
  await expect(card(page).locator('[aria-live]')).toHaveText('You have left this programme');
  await expect(card(page).locator('.linkbox')).toHaveCount(0);
  expect(await breaches(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(gone.getByRole('link', { name: 'Terms' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(card(page).locator('.linkbox input')).toHaveValue('https://fernway.example/r/MIRA-7K2F');
  await expect(card(page).locator('#hint')).toContainText('Welcome back');
});

test('leaving that does not get through says so and changes nothing', async ({ page }) => {
  await open(page, { ...signed, scenario: 'pinned' });
  await card(page).getByText(summary).click();
  await card(page).getByRole('button', { name: 'Leave the programme' }).click();
  await page.route(/\/leave$/, (route) => route.abort());
  await card(page).getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(card(page).locator('.print')).toContainText('Nothing has changed; please try again.');
  await expect(card(page).locator('.linkbox')).toBeVisible();
  await page.unroute(/\/leave$/);
  await card(page).getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(card(page).locator('.returning')).toBeFocused();
});

for (const [lang, words] of [
  ['es', /Cómo cuentan las invitaciones.*30 días.*Salir del programa/s],
  ['pt', /Como contam os convites.*30 dias.*Sair do programa/s],
] as const) {
  test(`small print in ${lang}`, async ({ page }) => {
    await open(page, { ...signed, scenario: 'pinned', lang });
    await card(page).locator('.print summary').click();
    await expect(card(page).locator('.print')).toContainText(words);
  });
}
