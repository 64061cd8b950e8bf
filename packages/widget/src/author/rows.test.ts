import { h } from 'preact';
import { expect, test, vi } from 'vitest';
import { shownRows } from './drop.ts';
import { emptyNode } from './node.ts';
import type { CoursePen } from './pen.ts';
import { type DrawnRows, treeRows } from './rows.ts';
import { type AuthorState, emptyState } from './state.ts';
import { moveTo, type Nodes } from './tree.ts';

const weeks = Array.from({ length: 40 }, (_, week) => [
  emptyNode(`week-${week}`, null, 'unit', `Week ${week}`),
  ...Array.from({ length: 49 }, (_, at) => emptyNode(`lesson-${week}-${at}`, `week-${week}`, 'lesson', `Lesson ${at}`)),
]).flat();

/** Draws the tree of a course; answers how many rows were made for it, after what was drawn before. */
function drawer() {
  const self = { rows: new Map() as DrawnRows, fresh: new Set<string>() };
  return (nodes: Nodes, changes: Partial<AuthorState> = {}) => {
    const made = vi.fn(h as (type: unknown) => unknown);
    const state = { ...emptyState, nodes, ...changes };
    const pen = { h: made, say: (key: string) => key, locale: 'en', nodes, state, author: { self } };
    const shown = shownRows(nodes, state.folded);
    const rows = treeRows(pen as unknown as CoursePen, shown, shown[0]?.id);
    expect(rows).toHaveLength(shown.length);
    return made.mock.calls.filter(([type]) => type === 'li').length;
  };
}

test('of two thousand rows only those are drawn that are not as they were', () => {
  const draw = drawer();
  expect(draw(weeks)).toBe(2000);
  expect(draw(weeks)).toBe(0);
  const titled = weeks.map((node) => (node.id === 'lesson-3-7' ? { ...node, title: 'Another' } : node));
  expect(draw(titled)).toBe(1);
  expect(draw(titled, { selected: 'lesson-3-7' })).toBe(1);
  expect(draw(titled, { selected: 'lesson-3-8' })).toBe(2);
  const moved = moveTo(titled, 'lesson-3-7', { parent: 'week-3', before: 'lesson-3-6' });
  expect(draw(moved, { selected: 'lesson-3-8' })).toBe(2);
  // Into another unit: those of both, of which there are more or fewer now.
  expect(draw(moveTo(moved, 'lesson-3-7', { parent: 'week-4', before: null }))).toBe(98);
});

test('a row is drawn anew for a fault, for its title being typed, and once it is folded', () => {
  const draw = drawer();
  draw(weeks);
  expect(draw(weeks, { draftFaults: [{ id: 'lesson-1-1', field: '#', detail: '' }] })).toBe(1);
  expect(draw(weeks, { renaming: 'week-2' })).toBe(2);
  expect(draw(weeks, { folded: new Set(['week-2']) })).toBe(1);
});
