import { beginToLearn, desk, doneOf, farOf, openLesson } from './support/bakery.ts';
import {
  atSpeed,
  beyond,
  coverageOf,
  isLoaded,
  pause,
  playChapter,
  playedBy,
  until,
  withoutHls,
} from './support/film.ts';
import { freePort, type Running, startExample } from './support/server.ts';
import { expect, test } from './support/visitors.ts';

// Media play by the clock: a machine that stood still for a moment gets a second try.
test.describe.configure({ retries: 1 });

let server: Running;

test.beforeAll(async () => {
  // Where it has not been drawn yet, the video is at the first start.
  test.setTimeout(120_000);
  server = await startExample('course-site', 'src/server.ts', { PORT: String(await freePort()) });
});
test.afterAll(async () => {
  expect(await server?.stop()).toBe(0);
});

const title = 'How dough rises';
/** A jump costs at most 0.2 s of the clock of what was played before it, at 2× and on a busy machine. */
const lostMs = 600;

test('a video at 2× with jumps in two tabs counts what was played, and nothing else', async ({ visitor }) => {
  test.setTimeout(90_000);
  const one = await visitor();
  await beginToLearn(one, server.url, 'Mara');
  const two = await one.context().newPage();
  for (const tab of [one, two]) {
    await openLesson(tab, server.url, 'how-dough-rises', title);
    await atSpeed(tab, 2);
  }
  const back = async () => {
    await playChapter(one, 'Just mixed');
    await until(one, 4);
    await one.keyboard.press('j');
    await until(one, 6);
    await pause(one);
  };
  const ahead = async () => {
    await playChapter(two, 'It rises');
    await until(two, 22);
    await two.keyboard.press('l');
    await until(two, 36);
    await pause(two);
  };
  await Promise.all([back(), ahead()]);

  const truth = [...(await playedBy(one)), ...(await playedBy(two))];
  const surely = [
    [0, 6000],
    [18_000, 22_000],
    [35_000, 36_000],
  ] as const;
  expect(beyond(surely, truth)).toBe(0);
  const jumps = 4;
  await expect.poll(async () => beyond(truth, await coverageOf(one))).toBeLessThanOrEqual(jumps * lostMs);
  const coverage = await coverageOf(one);
  expect(beyond(coverage, truth)).toBeLessThanOrEqual(100);
  expect(
    beyond(coverage, [
      [0, 8000],
      [17_900, 25_000],
      [31_900, 39_000],
    ]),
  ).toBe(0);
  expect(await doneOf(one, ['how-dough-rises'])).toEqual([]);

  await openLesson(one, server.url, 'how-dough-rises', title);
  const length = coverage.reduce((sum, [from, to]) => sum + to - from, 0);
  await expect(desk(one).getByText(`${Math.floor(length / 400)}% watched, 90% needed`)).toBeVisible();
});

test('two devices offline each watch a half, and together the lesson is done on both', async ({ visitor }) => {
  test.setTimeout(90_000);
  const offline = /ERR_INTERNET_DISCONNECTED/;
  const phone = await visitor({}, offline);
  await beginToLearn(phone, server.url, 'Ines');
  const laptop = await visitor({ storageState: await phone.context().storageState() }, offline);
  const devices = [phone, laptop];
  for (const device of devices) {
    await withoutHls(device);
    await openLesson(device, server.url, 'how-dough-rises', title);
    await atSpeed(device, 2);
  }
  // What is to be played without a connection has to be on the device.
  await playChapter(phone, 'Just mixed');
  await playChapter(laptop, 'It rises');
  for (const device of devices) await isLoaded(device);
  for (const device of devices) await device.context().setOffline(true);
  await Promise.all([until(phone, 19.5), until(laptop, 39.8)]);
  await pause(phone);
  for (const device of devices) {
    await expect(desk(device).getByText('You are offline. What you watch still counts')).toBeVisible();
  }

  await phone.context().setOffline(false);
  await expect.poll(async () => beyond(await playedBy(phone), await coverageOf(phone))).toBeLessThanOrEqual(lostMs);
  expect(await doneOf(phone, ['how-dough-rises'])).toEqual([]);
  await laptop.context().setOffline(false);
  for (const device of devices) {
    await expect.poll(() => doneOf(device, ['how-dough-rises'])).toEqual(['how-dough-rises']);
    await device.reload();
    await expect(desk(device).getByText(/^Done on /)).toBeVisible();
    expect(await farOf(device)).toMatchObject({ lessonsDone: 1, percent: Math.floor(100 / 33) });
  }
});
