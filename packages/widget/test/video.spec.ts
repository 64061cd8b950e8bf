import { covered, type Interval, lengthOf } from '@laurelkit/sdk/progress';
import { expect, open, test } from './helpers.ts';
import { cut, element, expectTruth, lecture, perform, video, watchedOf } from './lecture.ts';

// Media play by the clock: a machine that stood still for a moment gets a second try.
test.describe.configure({ retries: 1 });

test('a real video at twice the speed, with jumps, in two tabs: the coverage is what was played', async ({
  page,
  context,
}) => {
  const { visit, told } = await lecture();
  const other = await context.newPage();
  await visit(page);
  await visit(other);
  const [first, second] = await Promise.all([
    perform(page, [
      ['play', 2, 1500],
      ['seek', 12],
      ['play', 2, 1000],
      ['seek', 1],
      ['play', 1, 900],
    ]),
    perform(other, [
      ['seek', 4],
      ['play', 2, 1500],
      ['seek', 20],
      ['play', 1.5, 1200],
      ['play', 2, 400],
    ]),
  ]);
  const truth = [...first, ...second];
  await expect.poll(async () => (await told(page)).filter(({ kind }) => kind === 'watched').length).toBeGreaterThan(1);
  await expect
    .poll(async () => lengthOf(truth) - lengthOf(watchedOf(await told(page))), { timeout: 4000 })
    // Before each of four jumps, a look every 200 ms at twice the speed.
    .toBeLessThanOrEqual(4 * 500);
  const events = await told(page);
  expectTruth(watchedOf(events), truth, 4 * 500);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(new Set(events.map(({ device }) => device)).size).toBe(1);
  // No event claims more than its wall time allows.
  for (const { kind, segments = [], from, occurredAt, rate = 100 } of events.filter(
    (each) => each.kind === 'watched',
  )) {
    const wall = Date.parse(occurredAt) - Date.parse(from);
    expect(lengthOf(segments), kind).toBeLessThanOrEqual((wall * rate) / 100 + 500);
  }
  expect(Math.max(...events.map(({ rate = 0 }) => rate))).toBe(200);
  await other.close();
});

test('played to its end it is all covered, though the file is a little longer or shorter', async ({ page }) => {
  const { visit, told } = await lecture();
  await visit(page);
  await perform(page, [
    ['seek', 20],
    ['play', 2, 4000],
  ]);
  await expect.poll(async () => watchedOf(await told(page)).at(-1)?.[1]).toBe(24_000);
});

test('offline: says so, keeps counting, and sends when back', async ({ page, context }) => {
  const { visit, told } = await lecture();
  await visit(page);
  // All of it is on the device.
  await video(page).evaluate(async (media: HTMLVideoElement) => {
    media.src = URL.createObjectURL(await (await fetch('/media/clip.webm')).blob());
    await new Promise((resolve) => media.addEventListener('canplay', resolve, { once: true }));
  });
  await context.setOffline(true);
  await expect(element(page)).toContainText('You are offline. What you watch still counts');
  const truth = await perform(page, [['play', 2, 1000]]);
  await expect(element(page).locator('.covered')).toContainText(/8% watched|7% watched/);
  await context.setOffline(false);
  await expect.poll(async () => watchedOf(await told(page)).length).toBeGreaterThan(0);
  await expect(element(page)).not.toContainText('You are offline');
  expectTruth(watchedOf(await told(page)), truth, 600);
});

test('left and reloaded while the server is away: what was played is there afterwards', async ({ page }) => {
  const { visit, told, act } = await lecture();
  await visit(page);
  await act(page, 'break');
  const truth = await perform(page, [['play', 2, 800]]);
  // Still playing when it is left.
  const from = await video(page).evaluate(async (media: HTMLVideoElement) => {
    media.currentTime = 10;
    await media.play();
    return media.currentTime * 1000;
  });
  await page.waitForTimeout(900);
  await page.reload();
  await act(page, 'heal');
  expect((await told(page)).filter(({ kind }) => kind === 'watched')).toEqual([]);
  await page.reload();
  await expect.poll(async () => watchedOf(await told(page)).length).toBe(2);
  const reported = watchedOf(await told(page));
  expectTruth(reported.slice(0, 1), truth, 500);
  expect(reported[1]?.[0]).toBeGreaterThanOrEqual(from - 60);
  expect(lengthOf(reported.slice(1))).toBeGreaterThan(500);
});

test('left while it plays: the last seconds reach the server at once', async ({ page }) => {
  const { visit, told } = await lecture();
  await visit(page);
  await video(page).evaluate((media: HTMLVideoElement) => media.play());
  await page.waitForTimeout(1200);
  await page.goto('about:blank');
  await expect.poll(async () => lengthOf(watchedOf(await told(page)))).toBeGreaterThan(700);
});

test('out of sight it is reported, and goes on counting', async ({ page }) => {
  const { visit, told } = await lecture();
  await visit(page);
  await video(page).evaluate((media: HTMLVideoElement) => media.play());
  await page.waitForTimeout(700);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(async () => lengthOf(watchedOf(await told(page)))).toBeGreaterThan(300);
  const truth = await perform(page, [['play', 1, 800]]);
  await expect.poll(async () => lengthOf(watchedOf(await told(page)))).toBeGreaterThan(1200);
  expect(covered(watchedOf(await told(page)), truth[0] as Interval)).toBeGreaterThan(700);
});

test('two devices offline at once: both are counted when they are back', async ({ page, browser, baseURL }) => {
  const { visit, told } = await lecture();
  const elsewhere = await browser.newContext({ baseURL: baseURL as string });
  const phone = await elsewhere.newPage();
  await visit(page);
  await visit(phone);
  await cut(page);
  await cut(phone);
  const [first, second] = await Promise.all([
    perform(page, [['play', 2, 1000]]),
    perform(phone, [
      ['seek', 1],
      ['play', 2, 1500],
    ]),
  ]);
  await page.unrouteAll({ behavior: 'wait' });
  await phone.unrouteAll({ behavior: 'wait' });
  await phone.evaluate(() => dispatchEvent(new Event('online')));
  await page.evaluate(() => dispatchEvent(new Event('online')));
  const truth = [...first, ...second];
  await expect
    .poll(
      async () => new Set((await told(page)).filter(({ kind }) => kind === 'watched').map(({ device }) => device)).size,
    )
    .toBe(2);
  expectTruth(watchedOf(await told(page)), truth, 600);
  await elsewhere.close();
});

test('goes on where it was left on another device, and from the beginning on request', async ({ page }) => {
  await open(page, { show: 'video', scenario: 'lecture', signed: '1' });
  await expect(element(page)).toContainText('Goes on at 0:09, where you left off.');
  await expect(video(page)).toHaveJSProperty('currentTime', 9.5);
  await video(page).evaluate((media: HTMLVideoElement) => {
    media.muted = true;
  });
  await element(page).getByRole('button', { name: 'From the beginning' }).press('Enter');
  await expect.poll(() => video(page).evaluate((media: HTMLVideoElement) => media.currentTime)).toBeLessThan(5);
  await expect(element(page)).not.toContainText('where you left off');
});

test('opening it moves nobody’s playhead; leaving it where it was put does', async ({ page }) => {
  const { visit, told } = await lecture('lecture');
  await visit(page);
  await page.waitForTimeout(600);
  await page.reload();
  await video(page).waitFor();
  expect((await told(page)).filter(({ kind }) => kind === 'position')).toEqual([]);
  await video(page).evaluate(async (media: HTMLVideoElement) => {
    media.muted = true;
    await media.play();
    media.pause();
    media.currentTime = 14;
  });
  await page.waitForTimeout(300);
  await page.goto('about:blank');
  await expect
    .poll(async () => (await told(page)).filter(({ positionMs }) => positionMs !== undefined).at(-1)?.positionMs)
    .toBe(14_000);
});
