import { contract } from '@laurelkit/sdk/contract';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthText, readLength } from '../writing/length.ts';
import { isCondition, isRule, unfinished } from './check.ts';
import { dropAt, shownRows } from './drop.ts';
import { freeSlug, idsOf, usedBy } from './ids.ts';
import { difference, isSame, merge } from './merge.ts';
import { type CourseNode, emptyNode, lessonKinds } from './node.ts';
import { sendable } from './sendable.ts';
import { branch, depthOf, duplicate, inOrder, moveTo, placeOf, put, stepFrom, without } from './tree.ts';

const saved = contract.courses.saveDraft.body;

/** A tree of any shape: each node hangs on the course or on a unit before it. */
const tree = fc
  .array(fc.record({ unit: fc.boolean(), on: fc.nat(), title: fc.string() }), { minLength: 1, maxLength: 14 })
  .map((given) => {
    const nodes: CourseNode[] = [];
    given.forEach(({ unit, on, title }, place) => {
      const units: (string | null)[] = [null, ...nodes.filter(({ type }) => type === 'unit').map(({ id }) => id)];
      const parent = units[on % units.length] ?? null;
      nodes.push(emptyNode(`n-${place}`, parent, unit ? 'unit' : 'lesson', title));
    });
    return inOrder(nodes);
  });
const some = (nodes: readonly CourseNode[], at: number) => nodes[at % nodes.length] as CourseNode;
const sorted = (nodes: readonly CourseNode[]) => nodes.map(({ id }) => id).sort();

/** In the order of the page, on units alone. */
const isWhole = (nodes: readonly CourseNode[]) => {
  const units = new Set<string | null>([null]);
  for (const { id, parent, type } of nodes) {
    expect(units.has(parent)).toBe(true);
    if (type === 'unit') units.add(id);
  }
  expect(inOrder(nodes)).toEqual(nodes);
};

test('a step by the keyboard keeps every node and the order of the page, and can be taken back', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.constantFrom('up', 'down', 'in', 'out'), (nodes, at, step) => {
      const { id } = some(nodes, at);
      const place = stepFrom(nodes, id, step);
      if (!place) return;
      const back = placeOf(nodes, id);
      const moved = moveTo(nodes, id, place);
      isWhole(moved);
      expect(sorted(moved)).toEqual(sorted(nodes));
      expect(moved).not.toEqual(nodes);
      expect(depthOf(moved, id) - depthOf(nodes, id)).toBe({ up: 0, down: 0, in: 1, out: -1 }[step]);
      expect(moveTo(moved, id, back)).toEqual(nodes);
    }),
  );
});

test('wherever something is dropped, the tree stays whole and what moved stands there', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 6 }), fc.nat(), (nodes, at, gap, depth, fold) => {
      const rows = shownRows(nodes, new Set([some(nodes, fold).id]));
      const row = rows[at % rows.length];
      if (!row) return;
      const place = dropAt(nodes, rows, row.id, gap % (rows.length + 1), depth);
      if (!place) return;
      const moved = moveTo(nodes, row.id, place);
      isWhole(moved);
      expect(sorted(moved)).toEqual(sorted(nodes));
      expect(moved.find(({ id }) => id === row.id)?.parent).toBe(place.parent);
      expect(placeOf(moved, row.id)).toEqual(place);
    }),
  );
});

test('nothing is moved into itself or into a lesson', () => {
  const nodes = inOrder([emptyNode('u', null, 'unit', 'U'), emptyNode('l', 'u', 'lesson', 'L')]);
  expect(moveTo(nodes, 'u', { parent: 'u', before: null })).toBe(nodes);
  expect(moveTo(nodes, 'u', { parent: 'l', before: null })).toBe(nodes);
  expect(moveTo(nodes, 'u', { parent: 'gone', before: null })).toBe(nodes);
});

test('a copy has ids of its own, and earns nothing by the name of the first', () => {
  fc.assert(
    fc.property(tree, fc.nat(), (nodes, at) => {
      const named = nodes.map((node) => ({ ...node, event: 'week-1' }));
      const { id } = some(named, at);
      const copied = duplicate(named, id);
      isWhole(copied.nodes);
      expect(idsOf(copied.nodes).size).toBe(named.length + branch(named, id).length);
      expect(branch(copied.nodes, copied.id).every(({ event }) => event === null)).toBe(true);
      expect(without(copied.nodes, copied.id)).toEqual(named);
    }),
  );
});

test('a copy has no id that a version had', () => {
  const nodes = [emptyNode('quiz', null, 'lesson', 'Quiz')];
  expect(duplicate(nodes, 'quiz', new Set(['quiz-2', 'quiz-3'])).id).toBe('quiz-4');
  const retired = [{ id: 'old', type: 'unit' as const }];
  expect([...usedBy({ nodes, retired })]).toEqual(['quiz', 'old']);
});

test('what was taken out is put back where it was', () => {
  fc.assert(
    fc.property(tree, fc.nat(), (nodes, at) => {
      const { id } = some(nodes, at);
      expect(put(without(nodes, id), branch(nodes, id), placeOf(nodes, id))).toEqual(nodes);
    }),
  );
});

test('ids are slugs of the titles, and no two are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 90 }), { maxLength: 20 }), (titles) => {
      const taken = new Set<string>();
      for (const title of titles) {
        const id = freeSlug(title, taken, 'lesson');
        expect(taken.has(id)).toBe(false);
        taken.add(id);
        const nodes = [emptyNode(id, null, 'lesson', 'x')];
        expect(saved.safeParse({ revision: 0, nodes }).success).toBe(true);
      }
    }),
  );
  expect(freeSlug('Café com leite', new Set(['cafe-com-leite']), 'lesson')).toBe('cafe-com-leite-2');
  expect(freeSlug('שלום', new Set(), 'lesson')).toBe('lesson');
});

const text = fc.oneof(fc.constant(''), fc.string({ maxLength: 20 }), fc.constant('https://a.example/v.mp4'));
const number = fc.oneof(fc.integer({ min: -5, max: 7000 }), fc.constant(Number.NaN), fc.double());
const messy = fc.record({
  title: fc.string({ maxLength: 30 }),
  kind: fc.constantFrom(...lessonKinds),
  url: fc.option(text),
  minutes: fc.option(number),
  weight: fc.option(number),
  event: fc.option(text),
  done: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('score' as const), atLeast: number }),
      fc.record({
        kind: fc.constant('some' as const),
        count: number,
        of: fc.array(fc.record({ kind: fc.constant('event' as const), name: text }), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('chapters' as const), chapters: fc.constantFrom([], ['a']), percent: number }),
    ),
  ),
  opens: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('date' as const), from: fc.constantFrom('', '2030-01-01T09:00') }),
      fc.record({ kind: fc.constant('days' as const), since: fc.constant('start' as const), days: number, at: text }),
      fc.record({
        kind: fc.constant('not' as const),
        of: fc.record({ kind: fc.constant('score' as const), node: fc.constantFrom('', 'a'), atLeast: number }),
      }),
    ),
  ),
  video: fc.option(
    fc.record({
      provider: fc.constant('file' as const),
      url: text,
      lengthMs: number,
      posterUrl: fc.option(text),
      captions: fc.array(fc.record({ language: text, label: text, url: text }), { maxLength: 2 }),
      chapters: fc.array(fc.record({ id: fc.constant('a'), title: text, fromMs: number, toMs: number }), {
        maxLength: 2,
      }),
    }),
  ),
});

test('what is sent of a draft is always taken, and says all that is finished', () => {
  fc.assert(
    fc.property(messy, (given) => {
      const node = { ...emptyNode('a', null, 'lesson', ''), ...given } as CourseNode;
      const sent = sendable(node);
      const parsed = saved.safeParse({ revision: 0, nodes: [sent] });
      expect(parsed.success, JSON.stringify([node, parsed.error?.issues])).toBe(true);
      if (unfinished(node).length === 0) expect(sent).toBe(node);
      else expect(sent).not.toEqual(node);
    }),
    { numRuns: 1000 },
  );
  expect(isRule({ kind: 'event', name: 'webinar-attended' })).toBe(true);
  expect(isCondition({ kind: 'cohort', cohorts: [] })).toBe(false);
});

test('two changes of different lessons come together; of the same lesson somebody decides', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.nat(), (nodes, one, two) => {
      const [a, b] = [some(nodes, one).id, some(nodes, two).id];
      const rename = (id: string, title: string) => nodes.map((node) => (node.id === id ? { ...node, title } : node));
      const [mine, theirs] = [rename(a, 'mine!'), rename(b, 'theirs!')];
      const both = merge(nodes, mine, theirs);
      if (a === b) {
        expect(both).toBeNull();
        return;
      }
      expect(both?.find(({ id }) => id === a)?.title).toBe('mine!');
      expect(both?.find(({ id }) => id === b)?.title).toBe('theirs!');
      expect(isSame(merge(nodes, nodes, theirs) ?? [], theirs)).toBe(true);
      expect(isSame(merge(nodes, mine, nodes) ?? [], mine)).toBe(true);
    }),
  );
});

test('one who moves and one who writes come together, two who move do not', () => {
  const nodes = ['a', 'b', 'c'].map((id) => emptyNode(id, null, 'lesson', id));
  const moved = moveTo(nodes, 'c', { parent: null, before: 'a' });
  const wrote = nodes.map((node) => (node.id === 'b' ? { ...node, title: 'B' } : node));
  for (const both of [merge(nodes, moved, wrote), merge(nodes, wrote, moved)]) {
    expect(both?.map(({ title }) => title)).toEqual(['c', 'a', 'B']);
  }
  expect(merge(nodes, moved, without(nodes, 'a'))).toBeNull();
  expect(merge(nodes, wrote, without(nodes, 'b'))).toBeNull();
  expect(difference(nodes, moved)).toEqual({ added: [], removed: [], changed: [], moved: true });
});

test('times in a video are read as they are written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_400_000 }), (milliseconds) => {
      expect(readLength(lengthText(milliseconds))).toBe(milliseconds);
    }),
  );
  expect(readLength('90')).toBe(90_000);
  expect(readLength('1:02:03')).toBe(3_723_000);
  expect(readLength('twelve')).toBeNaN();
});
