import { expect, test } from 'vitest';
import type { Page } from './store.ts';
import { linesOf } from './table.ts';

const page = (size: number, promote: number, demote: number) =>
  ({
    cohort: { division: 'Silver', level: 2, number: 1, promote, demote, outcome: null },
    items: Array.from({ length: size }, (_, index) => ({
      id: `b${index}`,
      name: 'Ida',
      rank: index + 1,
      self: index === 1,
    })),
  }) as unknown as Page;

const zones = (size: number, promote: number, demote: number) =>
  linesOf(page(size, promote, demote)).map(({ zone }) => zone);

test('the first go up, the last go down', () => {
  expect(zones(6, 2, 1)).toEqual(['up', 'up', undefined, undefined, undefined, 'down']);
  expect(zones(3, 0, 0)).toEqual([undefined, undefined, undefined]);
});

test('in a cohort smaller than both nobody goes up and down at once', () => {
  expect(zones(3, 2, 2)).toEqual(['up', 'up', 'down']);
  expect(zones(1, 5, 5)).toEqual(['up']);
});

test('the own line is marked, on a board of teams the own team', () => {
  expect(linesOf(page(3, 0, 0)).map(({ own }) => own)).toEqual([false, true, false]);
  const teams = {
    items: [
      { id: 't1', own: true },
      { id: 't2', own: false },
    ],
  } as unknown as Page;
  expect(linesOf(teams).map(({ own }) => own)).toEqual([true, false]);
  expect(linesOf(null)).toEqual([]);
});
