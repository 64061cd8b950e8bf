import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depths, groupsOf, type ItemTree, itemTree } from './groups.ts';
import type { Block } from './store.ts';

const block = (changes: Partial<Block>): Block => ({
  kind: 'paragraph',
  runs: [],
  level: 0,
  number: null,
  checked: null,
  language: null,
  src: null,
  cells: [],
  header: false,
  ...changes,
});
const item = (level: number, number: number | null = null) => block({ kind: 'item', level, number });
const flat = (items: readonly ItemTree[]): Block[] => items.flatMap(({ block: own, inside }) => [own, ...flat(inside)]);

test('items of one sort are one list, with those below them inside; another sort begins another', () => {
  const groups = groupsOf([item(1), item(2, 1), item(2, 2), item(1), item(1, 1), block({})]);
  expect(groups.map(({ kind }) => kind)).toEqual(['items', 'items', 'one']);
  const [first] = groups;
  expect(first?.kind === 'items' && first.items.map(({ inside }) => inside.length)).toEqual([2, 0]);
});

test('a header begins another table', () => {
  const row = (header: boolean) => block({ kind: 'row', header });
  expect(groupsOf([row(true), row(false), row(false), row(true), row(false)])).toHaveLength(2);
});

test('no step between headings is left out', () => {
  const heads = [3, 2, 4, 6, 2, 1].map((level) => block({ kind: 'heading', level }));
  expect([...depths(heads).values()]).toEqual([1, 1, 2, 3, 1, 1]);
});

test('no item is lost or moved, however deep they stand', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 20 }), (levels) => {
      const all = levels.map((level) => item(level));
      expect(flat(itemTree(all))).toEqual(all);
    }),
  );
});
