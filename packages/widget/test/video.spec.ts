import { covered, gapsWithin, type Interval, lengthOf, union } from '@laurelkit/sdk/progress';
import type { BrowserContext, Page } from '@playwright/test';
import { breaches, errors, expect, open, test } from './helpers.ts';
import { serveProviders } from './provider-pages.ts';

/** What was recorded. */
interface Told {
  id: string;
  kind: string;
  device: string;
  from: string;
  occurredAt: string;
  segments?: Interval[];
  positionMs?: number;
  rate?: number;
}

let count = 0;
const element = (page: Page) => page.locator('laurel-video');
const video = (page: Page) => element(page).locator('video');

/** Opens the lesson of a scenario that several pages share. */
async function lecture(scenario = 'lectureNoRule') {
  count += 1;
  const name = `${scenario}@${process.pid}-v${count}`;
  return {
    async visit(page: Page, query: Record<string, string> = {}) {
      await page.goto(`/page?${new URLSearchParams({ show: 'video', signed: '1', scenario: name, ...query })}`);
      await element(page).locator('[data-medium]').waitFor();
      // Sound may not start by itself.
      await video(page)
        .evaluateAll((all: HTMLVideoElement[]) => {
          for (const each of all) each.muted = true;
        })
        .catch(() => {});
    },
    act: (page: Page, action: string) => page.request.post(`/do/${name}/${action}`),
    async told(page: Page): Promise<Told[]> {
      return (await page.request.get(`/s/${name}/courses/baking/told`)).json();
    },
  };
}

type Step = ['play', rate: number, ms: number] | ['seek', to: number];

/** Plays, jumps and pauses at the end, and answers what was played by that: milliseconds of the video. */
const perform = (page: Page, steps: Step[]): Promise<Interval[]> =>
  video(page).evaluate(async (media: HTMLVideoElement, script) => {
    const truth: [number, number][] = [];
    const until = (done: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => (done() ? resolve() : setTimeout(look, 5));
        look();
      });
    await until(() => media.readyState >= 3);
    let from = 0;
    for (const [what, first, ms = 0] of script) {
      if (what === 'seek') {
        if (!media.paused) truth.push([from, media.currentTime]);
        media.currentTime = first;
        await until(() => !media.seeking);
        from = media.currentTime;
        continue;
      }
      media.playbackRate = first;
      if (media.paused) {
        from = media.currentTime;
        await media.play();
      }
      const target = media.currentTime + (ms / 1000) * first;
      await until(() => media.currentTime >= target || media.ended);
    }
    if (!media.paused || media.ended) truth.push([from, media.currentTime]);
    media.pause();
    return truth.map(([a, b]): [number, number] => [Math.round(a * 1000), Math.round(b * 1000)]);
  }, steps);

const watchedOf = (told: Told[]) => union(...told.map(({ segments }) => segments ?? []));

/** What is reported is what was played: nothing beyond it, and of it at most so much is missing. */
function expectTruth(reported: readonly Interval[], truth: readonly Interval[], missingMs: number) {
  const wide = union(truth.map(([from, to]): Interval => [from - 60, to + 60]));
  for (const stretch of reported) expect(gapsWithin(wide, stretch), `${stretch}`).toEqual([]);
  expect(lengthOf(truth) - covered(reported, [0, 24_000])).toBeLessThanOrEqual(missingMs);
}

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
  await expect(element(page).locator('.covered')).toContainText(/8 % watched|7 % watched/);
  await context.setOffline(false);
  await expect.poll(async () => watchedOf(await told(page)).length).toBeGreaterThan(0);
  await expect(element(page)).not.toContainText('You are offline');
  expectTruth(watchedOf(await told(page)), truth, 600);
});

const cut = (target: Page | BrowserContext) =>
  target.route(/\/progress$/, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));

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
  await expect(element(page).locator('.covered p')).toHaveText('31 % watched, 80 % needed');
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
