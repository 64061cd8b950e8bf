import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';

let count = 0;

/** A test that fails when the page logs an error or a warning, or throws. */
export const test = base.extend<{ quiet: undefined }>({
  quiet: [
    async ({ page }, use) => {
      const noise: string[] = [];
      page.on('pageerror', (error) => noise.push(String(error)));
      page.on('console', (message) => {
        // The browser itself reports answers that are not 2xx, and files with another hash than is asked for.
        const own = /^Failed to (load resource|find a valid digest)/.test(message.text());
        if (!own && ['error', 'warning'].includes(message.type())) noise.push(message.text());
      });
      await use(undefined);
      expect(noise).toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens a host page with a scenario of its own; returns what changes the scenario. */
export async function open(page: Page, query: Record<string, string>) {
  count += 1;
  const scenario = `${query.scenario ?? 'pinned'}@${process.pid}-${count}`;
  await page.goto(`/page?${new URLSearchParams({ ...query, scenario })}`);
  return (action: string, values: Record<string, string> = {}) =>
    page.request.post(`/do/${scenario}/${action}?${new URLSearchParams(values)}`);
}

export const card = (page: Page) => page.locator('laurel-referral');
export const board = (page: Page) => page.locator('laurel-leaderboard');

/** Waits until the elements show something. */
export async function settled(page: Page, ...elements: ('laurel-referral' | 'laurel-leaderboard')[]) {
  for (const element of elements) await page.locator(element).locator('.title').waitFor();
}

/** Notes from now on what moves without anybody's doing; answers how much on the page that is open (CLS). */
export async function watchShift(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const scope = window as unknown as { shift: number };
    scope.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) scope.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shift: number }).shift);
}

/** The codes of the errors that elements have told the page. */
export async function errors(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const scope = window as unknown as { codes: string[] };
    scope.codes = [];
    document.addEventListener('laurel:error', (event) => scope.codes.push((event as CustomEvent).detail.code));
  });
  return () => page.evaluate(() => (window as unknown as { codes: string[] }).codes);
}

/** Rule breaches that axe finds in the elements. */
export async function breaches(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page, axeSource: axe.source }).include('main').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(' ')}`));
}

export { expect };
