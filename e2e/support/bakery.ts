import { expect, type Locator, type Page } from '@playwright/test';

/** Stretches `[from, to)` of a video, in milliseconds. */
export type Stretches = readonly (readonly [number, number])[];

/** How far a learner is, as the API answers it. */
export interface Far {
  percent: number;
  lessonsDone: number;
  nodes: { id: string; state: string; percent: number }[];
}

/** The lesson player on the page. */
export const desk = (page: Page): Locator => page.locator('laurel-course');

/** Comes in by a name, on the page where the form is. */
export async function comeIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Come in' }).click();
  await expect(page.getByText(`Signed in as ${name}`)).toBeVisible();
}

/** Enrols in the course on the learning page. */
export async function enrol(page: Page): Promise<void> {
  await desk(page).getByRole('button', { name: 'Enrol' }).click();
  await expect(desk(page).getByRole('heading', { name: 'What flour is' })).toBeVisible();
}

/** Comes in on the learning page and enrols. */
export async function beginToLearn(page: Page, site: string, name: string): Promise<void> {
  await page.goto(`${site}/learn`);
  await comeIn(page, name);
  await enrol(page);
}

/** Opens a lesson by its address, and waits until it is there. */
export async function openLesson(page: Page, site: string, lesson: string, title: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${site}/learn#lesson=${lesson}`);
  await expect(desk(page).getByRole('article').getByRole('heading', { name: title, exact: true })).toBeVisible();
}

/** Asks the API from within the page: with the page’s own session. */
export function ask<T>(page: Page, method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  return page.evaluate(
    async (given) => {
      const answer = await fetch(`/api${given.path}`, {
        method: given.method,
        ...(given.body !== null && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(given.body),
        }),
      });
      return { status: answer.status, body: await answer.json() };
    },
    { method, path, body: body ?? null },
  );
}

/** How far the learner on the page is. */
export const farOf = async (page: Page): Promise<Far> => (await ask<Far>(page, 'GET', '/courses/bread/progress')).body;

/** The lessons that are done, by the API. */
export async function doneOf(page: Page, lessons: readonly string[]): Promise<string[]> {
  const { nodes } = await farOf(page);
  return nodes.filter(({ id, state }) => state === 'done' && lessons.includes(id)).map(({ id }) => id);
}

/** Says of lessons that they are done, and of the video that all of it was played, without taking the time. */
export async function finish(page: Page, lessons: readonly string[]): Promise<void> {
  for (const lesson of lessons) {
    const now = Date.now();
    const watched = {
      ...{ id: crypto.randomUUID(), lesson, kind: 'watched', timeZone: 'UTC', segments: [[0, 40_000]], rate: 100 },
      ...{ from: new Date(now - 41_000).toISOString(), occurredAt: new Date(now).toISOString() },
    };
    const { status } =
      lesson === 'how-dough-rises'
        ? await ask(page, 'POST', '/courses/bread/progress', { events: [watched] })
        : await ask(page, 'POST', '/courses/bread/complete', { lesson });
    expect(status, lesson).toBe(200);
  }
}

/** Marks the lesson that is open as done, and waits until it is. */
export async function markDone(page: Page): Promise<void> {
  await desk(page).getByRole('button', { name: 'Mark as done' }).click();
  await expect(desk(page).getByText(/^Done on /)).toBeVisible();
}

/** The lessons of the first week, in their order. */
export const weekOne = ['what-flour-is', 'how-dough-rises', 'bake-a-same-day-loaf'] as const;
