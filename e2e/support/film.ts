import { expect, type Locator, type Page } from '@playwright/test';
import { ask, desk, type Stretches } from './bakery.ts';

/** The video on the page. */
export const film = (page: Page): Locator => desk(page).locator('video');

/** A browser that plays no HLS by itself: the site’s hls.js does. */
export async function withoutHls(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { canPlayType } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.canPlayType = function (type) {
      return type.includes('mpegurl') ? '' : canPlayType.call(this, type);
    };
  });
}

/** Waits until the video can play, and sets its speed by the menu. */
export async function atSpeed(page: Page, rate: number): Promise<void> {
  await expect.poll(() => film(page).evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThan(1);
  await desk(page).getByLabel('Speed').selectOption(String(rate));
  await expect.poll(() => film(page).evaluate((video: HTMLVideoElement) => video.playbackRate)).toBe(rate);
}

/** Presses a chapter: it plays from there. */
export async function playChapter(page: Page, title: string): Promise<void> {
  await desk(page).getByRole('button', { name: title }).click();
  await expect.poll(() => film(page).evaluate((video: HTMLVideoElement) => video.paused)).toBe(false);
}

/** Waits until all that is left of it is on the device. */
export async function isLoaded(page: Page): Promise<void> {
  const end = () => film(page).evaluate(({ buffered }: HTMLVideoElement) => buffered.end(buffered.length - 1));
  await expect.poll(end, { timeout: 15_000 }).toBeGreaterThan(39.5);
}

/** Lets it play until it stands at `second`. */
export async function until(page: Page, second: number): Promise<void> {
  await film(page).evaluate(
    (video: HTMLVideoElement, wanted) =>
      new Promise<void>((resolve) => {
        const look = setInterval(() => {
          if (video.currentTime < wanted && !video.ended) return;
          clearInterval(look);
          resolve();
        }, 20);
      }),
    second,
  );
}

/** Pauses by the key of the player. */
export async function pause(page: Page): Promise<void> {
  await page.keyboard.press('k');
  await expect.poll(() => film(page).evaluate((video: HTMLVideoElement) => video.paused)).toBe(true);
}

/** The truth: what the browser itself says that it has played. */
export const playedBy = (page: Page): Promise<[number, number][]> =>
  film(page).evaluate(({ played }: HTMLVideoElement) =>
    Array.from({ length: played.length }, (_, at): [number, number] => [
      Math.round(played.start(at) * 1000),
      Math.round(played.end(at) * 1000),
    ]),
  );

/** What the server has of it. */
export const coverageOf = async (page: Page): Promise<[number, number][]> =>
  (await ask<{ watched: [number, number][] }>(page, 'GET', '/courses/bread/lessons/how-dough-rises')).body.watched;

/** Milliseconds of `some` that lie in none of `others`, which may touch and lie over each other. */
export function beyond(some: Stretches, others: Stretches): number {
  const isIn = (list: Stretches, at: number) => list.some(([from, to]) => from <= at && at < to);
  let sum = 0;
  for (let at = 0; at < 45_000; at += 10) if (isIn(some, at) && !isIn(others, at)) sum += 10;
  return sum;
}
