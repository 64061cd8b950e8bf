import type { Interval } from '@laurelkit/sdk/progress';
import type { Page } from '@playwright/test';
import { breaches, errors, expect, open, test } from './helpers.ts';
import { cut, element, expectTruth, lecture, perform, video, watchedOf } from './lecture.ts';
import { serveProviders } from './provider-pages.ts';

// Media play by the clock: a machine that stood still for a moment gets a second try.
test.describe.configure({ retries: 1 });

test('chapters and speed by the keyboard; K, J and L inside the player only', async ({ page }) => {
  const { visit } = await lecture('lectureNew');
  await visit(page);
  const time = () => video(page).evaluate((media: HTMLVideoElement) => media.currentTime);
  const paused = () => video(page).evaluate((media: HTMLVideoElement) => media.paused);
  const rest = element(page).getByRole('button', { name: /Let it rest/ });
  await rest.press('Enter');
  await expect.poll(time).toBeGreaterThan(16);
  await expect(rest).toHaveAttribute('aria-current', 'true');
  await expect(rest).toBeFocused();
  await page.keyboard.press('k');
  await expect.poll(paused).toBe(true);
  const at = await time();
  await page.keyboard.press('j');
  await expect.poll(time).toBeCloseTo(at - 10, 1);
  await page.keyboard.press('l');
  await expect.poll(time).toBeCloseTo(at, 1);
  const speed = element(page).getByLabel('Speed');
  await speed.selectOption('1.5');
  await expect(video(page)).toHaveJSProperty('playbackRate', 1.5);
  await video(page).evaluate((media: HTMLVideoElement) => {
    media.playbackRate = 1.3;
  });
  await expect(speed).toHaveValue('1.3');
  await speed.press('k');
  expect(await paused()).toBe(true);
  await page.locator('body').press('k');
  expect(await paused()).toBe(true);
});

test('done: said once, quietly, and the page is told; re-watching changes nothing', async ({ page }) => {
  const { visit } = await lecture('lecture');
  await visit(page);
  await page.evaluate(() => {
    const scope = window as unknown as { done: unknown[] };
    scope.done = [];
    document.addEventListener('laurel:completed', (event) => scope.done.push((event as CustomEvent).detail));
  });
  await expect(element(page).locator('.covered p')).toHaveText('31% watched, 80% needed');
  await perform(page, [
    ['seek', 9],
    ['play', 4, 3600],
  ]);
  await expect(element(page).locator('.finished')).toHaveText('This lesson is done.');
  await expect(element(page).locator('.said')).toHaveText('This lesson is done.');
  await perform(page, [
    ['seek', 1],
    ['play', 4, 300],
  ]);
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => (window as unknown as { done: unknown[] }).done)).toEqual([
    { course: 'baking', lesson: 'kneading' },
  ]);
  await page.reload();
  await expect(element(page).locator('.finished')).toHaveText('Done');
});

test('finished in one tab, it is done in the other', async ({ page, context }) => {
  const { visit } = await lecture('lecture');
  const other = await context.newPage();
  await visit(page);
  await visit(other);
  // This one cannot send: the other does it for both.
  await cut(page);
  await perform(page, [
    ['seek', 9],
    ['play', 4, 3600],
  ]);
  await other.evaluate(() => dispatchEvent(new Event('online')));
  await perform(other, [
    ['seek', 1],
    ['play', 4, 300],
  ]);
  await expect(element(page).locator('.finished')).toBeVisible({ timeout: 12_000 });
  await other.close();
});

/** Readings of the lesson from now on. */
function readings(page: Page) {
  const read: string[] = [];
  page.on('request', (request) => {
    if (/\/lessons\/kneading$/.test(request.url())) read.push(request.url());
  });
  return read;
}

/** Visits a lecture whose live messages flow. */
async function visitLive(page: Page, scenario: string) {
  const opened = page.waitForResponse(/\/live/);
  const made = await lecture(scenario);
  await made.visit(page);
  await opened;
  return made;
}

test('another device got on: what was played there, where it was left, and that it is done, show here', async ({
  page,
}) => {
  const { act } = await visitLive(page, 'lecture');
  const time = () => video(page).evaluate((media: HTMLVideoElement) => media.currentTime);
  await expect.poll(time).toBeCloseTo(9.5, 1);
  await act(page, 'elsewhere', { position: '16000' });
  await expect(element(page).locator('.covered p')).toHaveText('66% watched, 80% needed');
  await expect.poll(time).toBeCloseTo(16, 1);
  await expect(element(page).locator('.resume')).toContainText('0:16');
  await act(page, 'elsewhere', { position: '18000', done: '1' });
  await expect(element(page).locator('.finished')).toHaveText('Done');
  await expect.poll(time).toBeCloseTo(18, 1);
});

test('what the learner does here stays: a playhead that plays or was moved is not moved by another device', async ({
  page,
}) => {
  const { act, told } = await visitLive(page, 'lectureNew');
  const time = () => video(page).evaluate((media: HTMLVideoElement) => media.currentTime);
  await expect.poll(() => video(page).evaluate((media: HTMLVideoElement) => media.readyState)).toBeGreaterThan(0);
  await video(page).evaluate((media: HTMLVideoElement) => {
    media.currentTime = 3;
  });
  await act(page, 'elsewhere', { position: '16000' });
  await expect(element(page).locator('.covered p')).toHaveText('66% watched, 80% needed');
  expect(await time()).toBeCloseTo(3, 1);
  const read = readings(page);
  await perform(page, [['play', 1, 400]]);
  await expect.poll(async () => (await told(page)).length).toBeGreaterThan(0);
  await act(page, 'elsewhere', { position: '18000', done: '1' });
  await expect(element(page).locator('.finished')).toHaveText('Done');
  expect(await time()).toBeLessThan(5);
  expect(read).toHaveLength(1);
});

test('what is locked opens as soon as another device did what it takes', async ({ page }) => {
  const opened = page.waitForResponse(/\/live/);
  const act = await open(page, { show: 'video', scenario: 'lectureLocked', signed: '1' });
  await expect(element(page)).toContainText('not open yet');
  await opened;
  await act('elsewhere', { opened: '1' });
  await expect(video(page)).toBeVisible();
});

test('locked: why, and when it opens', async ({ page }) => {
  await open(page, { show: 'video', scenario: 'lectureLocked', signed: '1' });
  await expect(element(page)).toContainText(
    /Kneading by hand.*not open yet.*First finish “Mixing”.*It opens on \w+ \d+/s,
  );
  await expect(video(page)).toHaveCount(0);
  expect(await breaches(page)).toEqual([]);
});

test('not enrolled, nobody signed in, no such lesson: one sentence each', async ({ page }) => {
  await open(page, { show: 'video', scenario: 'lectureNotEnrolled', signed: '1' });
  await expect(element(page)).toContainText('Enrol in the course');
  await open(page, { show: 'video', scenario: 'lecture' });
  await expect(element(page)).toContainText('Sign in to watch');
  await page.route(/\/lessons\//, (route) =>
    route.fulfill({ status: 404, contentType: 'application/problem+json', json: { code: 'lesson_not_found' } }),
  );
  await open(page, { show: 'video', scenario: 'lecture', signed: '1' });
  await expect(element(page)).toContainText('There is no such video');
});

test('staff watch without being counted', async ({ page }) => {
  await page.route(/\/progress$/, (route) =>
    route.fulfill({ status: 404, contentType: 'application/problem+json', json: { code: 'participant_not_found' } }),
  );
  const { visit, told } = await lecture('lectureNew');
  await visit(page);
  await perform(page, [['play', 2, 500]]);
  await page.waitForTimeout(300);
  expect(await told(page)).toEqual([]);
});

test('refused: what could not be counted is said, with why', async ({ page }) => {
  const { visit } = await lecture('lectureRefuses');
  await visit(page);
  await perform(page, [['play', 1, 400]]);
  await expect(element(page).locator('.refused')).toContainText('could not be counted: the lesson is not open yet.');
});

test('a video that does not play says so, and may be tried again', async ({ page }) => {
  const { visit } = await lecture('lectureBroken');
  await visit(page);
  await expect(element(page).getByRole('alert')).toContainText('does not play here');
  await page.route('**/media/gone.webm', (route) =>
    route.continue({ url: route.request().url().replace('gone', 'clip') }),
  );
  await element(page).getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(element(page).getByRole('alert')).toHaveCount(0);
  await expect.poll(() => video(page).evaluate((media: HTMLVideoElement) => media.readyState)).toBeGreaterThan(0);
});

test('HLS by the host’s own hls.js, where the browser cannot by itself; without it, that is said', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLMediaElement.prototype.canPlayType = () => '';
  });
  const { visit, told } = await lecture('lectureHls');
  await visit(page);
  await expect(element(page).getByRole('alert')).toContainText('cannot play this kind');
  await page.addInitScript(() => {
    let source = '';
    (window as unknown as { Hls: unknown }).Hls = class {
      static isSupported = () => true;
      on() {}
      destroy() {}
      loadSource(url: string) {
        source = url;
      }
      attachMedia(media: HTMLMediaElement) {
        media.src = source.replace('list.m3u8', 'clip.webm');
      }
    };
  });
  await visit(page);
  const truth = await perform(page, [['play', 2, 700]]);
  await expect.poll(async () => watchedOf(await told(page)).length).toBe(1);
  expectTruth(watchedOf(await told(page)), truth, 300);
});

for (const [provider, scenario] of [
  ['YouTube', 'lectureYouTube'],
  ['Vimeo', 'lectureVimeo'],
] as const) {
  test(`${provider}: begins where it was left, jumps and pauses close, chapters steer it`, async ({ page }) => {
    await serveProviders(page);
    const { visit, told } = await lecture(scenario);
    await visit(page, { csp: '1' });
    const src = await element(page).locator('iframe').getAttribute('src');
    const frame = () => page.frames().find((each) => each.url() === src);
    await expect.poll(() => !!frame()).toBe(true);
    const steer = async (what: string) => frame()?.evaluate(what);
    await page.waitForTimeout(700);
    await steer('steer.play()');
    await page.waitForTimeout(1200);
    await steer('steer.jump(18)');
    await page.waitForTimeout(1000);
    // A page that pretends to be the player is not believed.
    await page.evaluate(() => postMessage(JSON.stringify({ event: 'infoDelivery', info: { currentTime: 23.9 } }), '*'));
    await steer('steer.stop()');
    await expect.poll(async () => watchedOf(await told(page)).length).toBe(2);
    const truth = ((await steer('steer.truth')) as [number, number][]).map(
      ([from, to]): Interval => [Math.round(from * 1000), Math.round(to * 1000)],
    );
    expect(truth[0]?.[0]).toBe(9000);
    expectTruth(watchedOf(await told(page)), truth, 800);
    await element(page)
      .getByRole('button', { name: /Flour and water/ })
      .click();
    await expect(element(page).getByRole('button', { name: /Flour and water/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await expect.poll(() => steer('String(playing ?? state)').catch(() => steer('String(state)'))).toMatch(/true|1/);
  });
}

test('an API that is down: nothing is shown, the page stays', async ({ page }) => {
  const codes = await errors(page);
  await open(page, { show: 'video', scenario: 'down', signed: '1' });
  await expect.poll(codes).toContain('unavailable');
  await expect(element(page).locator('.card')).toHaveCount(0);
});

test('under a strict policy nothing is refused', async ({ page }) => {
  await page.addInitScript(() => {
    const scope = window as unknown as { violations: string[] };
    scope.violations = [];
    addEventListener('securitypolicyviolation', (event) => scope.violations.push(event.violatedDirective));
  });
  const { visit } = await lecture('lecture');
  await visit(page, { csp: '1' });
  await perform(page, [['play', 2, 400]]);
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
});

for (const [name, query] of [
  ['plain', {}],
  ['right to left', { dir: 'rtl' }],
  ['dark', { host: 'dark' }],
  ['aggressive resets', { host: 'shop' }],
  ['Spanish', { lang: 'es' }],
] as const) {
  test(`at 320 px, ${name}: inside, no rule breached`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 900 });
    const { visit } = await lecture('lectureStrange');
    await visit(page, query);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await breaches(page)).toEqual([]);
  });
}
