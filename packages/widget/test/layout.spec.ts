import { expect, open, settled, test } from './helpers.ts';

const shift = () => (window as unknown as { shift: number }).shift;

// The skeleton stands from the first paint, or the host reserves room until the script is there, as the README says.
const rooms = { skeleton: { sync: '' }, reserved: { reserve: '1250' } };

for (const [width, room] of [320, 560, 960].flatMap((width) =>
  Object.entries(rooms).map((room) => [width, room] as const),
)) {
  for (const signed of [true, false]) {
    test(`no layout shift at ${width} px, ${room[0]}, ${signed ? 'signed in' : 'stranger'}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.addInitScript(() => {
        const scope = window as unknown as { shift: number };
        scope.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) scope.shift += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.route('**/laurel.js', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 150));
        await route.continue();
      });
      await open(page, { scenario: 'pinned', ...(signed && { signed: '1' }), ...room[1] });
      await settled(page, 'laurel-referral', 'laurel-leaderboard');
      await page.waitForTimeout(500);
      expect(await page.evaluate(shift)).toBe(0);
    });
  }
}
