import { covered, gapsWithin, type Interval, lengthOf, union } from '@laurelkit/sdk/progress';
import type { BrowserContext, Page } from '@playwright/test';
import { expect } from './helpers.ts';

/** What was recorded. */
export interface Told {
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
/** The element of the page. */
export const element = (page: Page) => page.locator('laurel-video');
/** Its video. */
export const video = (page: Page) => element(page).locator('video');

/** Opens the lesson of a scenario that several pages share. */
export async function lecture(scenario = 'lectureNoRule') {
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
    act: (page: Page, action: string, values: Record<string, string> = {}) =>
      page.request.post(`/do/${name}/${action}?${new URLSearchParams(values)}`),
    async told(page: Page): Promise<Told[]> {
      return (await page.request.get(`/s/${name}/courses/baking/told`)).json();
    },
  };
}

type Step = ['play', rate: number, ms: number] | ['seek', to: number];

/** Plays, jumps and pauses at the end, and answers what was played by that: milliseconds of the video. */
export const perform = (page: Page, steps: Step[]): Promise<Interval[]> =>
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

/** What was recorded as played. */
export const watchedOf = (told: Told[]) => union(...told.map(({ segments }) => segments ?? []));

/** What is reported is what was played: nothing beyond it, and of it at most so much is missing. */
export function expectTruth(reported: readonly Interval[], truth: readonly Interval[], missingMs: number) {
  const wide = union(truth.map(([from, to]): Interval => [from - 60, to + 60]));
  for (const stretch of reported) expect(gapsWithin(wide, stretch), `${stretch}`).toEqual([]);
  expect(lengthOf(truth) - covered(reported, [0, 24_000])).toBeLessThanOrEqual(missingMs);
}

/** Nothing that is told gets through. */
export const cut = (target: Page | BrowserContext) =>
  target.route(/\/progress$/, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
