import { expect, test } from 'vitest';
import { beginVisit, movement, readVisits, writeVisits } from './visit.ts';

const minute = 60_000;

test('movement is against the ranks at the end of the visit before, for as long as this visit lasts', () => {
  expect(beginVisit(null, 0)).toEqual({});
  const stored = { at: 0, before: { a: 5 }, last: { a: 3 } };
  expect(beginVisit(stored, 10 * minute)).toEqual({ a: 5 });
  expect(beginVisit(stored, 31 * minute)).toEqual({ a: 3 });
  expect(movement({ a: 5 }, 'a', 3)).toBe(2);
  expect(movement({ a: 5 }, 'b', 3)).toBe(0);
  expect(movement({ a: 5 }, 'constructor', 3)).toBe(0);
});

test('keeps at most 100 ranks; broken storage is nothing', () => {
  const last = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`b${index}`, index]));
  writeVisits('x', { at: 1, before: {}, last });
  expect(Object.keys(readVisits('x')?.last ?? {})).toHaveLength(100);
  localStorage.setItem('laurel:y', '{"at":');
  expect(readVisits('y')).toBeNull();
});
