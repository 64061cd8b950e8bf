import { card, expect, open, settled, test, watchShift } from './helpers.ts';

// The skeleton stands from the first paint, or the host reserves room until the script is there, as the README says.
const rooms = { skeleton: { sync: '' }, reserved: { reserve: '1250' } };

for (const [width, room] of [320, 560, 960].flatMap((width) =>
  Object.entries(rooms).map((room) => [width, room] as const),
)) {
  for (const signed of [true, false]) {
    test(`no layout shift at ${width} px, ${room[0]}, ${signed ? 'signed in' : 'stranger'}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      const shift = await watchShift(page);
      await page.route('**/laurel.js', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 150));
        await route.continue();
      });
      await open(page, { scenario: 'pinned', ...(signed && { signed: '1' }), ...room[1] });
      await settled(page, 'laurel-referral', 'laurel-leaderboard');
      await page.waitForTimeout(500);
      expect(await shift()).toBe(0);
    });
  }
}

// Only the API knows that there are rewards, or a form; what the card needed at the last visit is reserved at the next.
for (const [what, query, last] of [
  ['rewards', { scenario: 'earning', signed: '1' }, '.reward'],
  ['the form of an open programme', { scenario: 'open' }, 'form'],
] as const) {
  test(`no layout shift by ${what} at a second visit`, async ({ page }) => {
    await page.setViewportSize({ width: 560, height: 1500 });
    const shift = await watchShift(page);
    await open(page, { ...query, show: 'card', sync: '' });
    await card(page).locator(last).first().waitFor();
    await page.waitForFunction(() => localStorage.getItem('laurel:laurel-referral:friends'));
    await open(page, { ...query, show: 'card', sync: '' });
    await card(page).locator(last).first().waitFor();
    await page.waitForTimeout(500);
    expect(await shift()).toBe(0);
  });
}
