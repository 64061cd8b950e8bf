import { courseNodes } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { cohorts, drafts, expression, ids } from '../../../test/random-drafts.ts';
import { lockOf } from '../availability.ts';
import type { Curriculum } from '../curriculum.ts';
import type { LessonState } from '../lesson-state.ts';
import { reckon } from '../reckon.ts';
import { doesCount, isVisible } from '../visible.ts';
import { percentOf, weigh } from '../weigh.ts';
import { audiencesOf, type Draft, treeOf } from './draft.ts';
import { draftFaults } from './draft-faults.ts';

type Node = z.input<typeof courseNodes>[number];

const everything: LessonState = {
  ...{ viewed: true, spentMs: 1e9, watched: [], score: 100, submitted: true, checked: true, signedOff: true },
  ...{ credited: false, happened: [] },
};

/** How far somebody is who did all there is to do in the lessons that count. */
function standingOf(draft: Draft, cohort: string | null) {
  const current = treeOf(draft);
  const states = new Map(current.lessons.map(({ id }) => [id, everything]));
  return reckon({ current, versions: [current], cohort, states });
}

it('lets through what anybody can finish: who does everything is at 100 %', () => {
  let published = 0;
  fc.assert(
    fc.property(drafts, (draft) => {
      if (draftFaults(draft).length > 0) return;
      published++;
      const curriculum = treeOf(draft);
      for (const cohort of audiencesOf(draft)) {
        const { earned, total, done } = standingOf(draft, cohort);
        const left = curriculum.lessons.filter((each) => doesCount(curriculum, each, cohort) && !done.has(each.id));
        expect(left.map(({ id }) => id)).toEqual([]);
        if (total > 0) expect(percentOf(earned, total)).toBe(100);
      }
    }),
    { numRuns: 3000 },
  );
  expect(published).toBeGreaterThan(300);
});

/** Where somebody is who opens one lesson after the other, of those that are open in this order, and does each. */
function walk(curriculum: Curriculum, cohort: string | null, order: readonly string[], times: readonly Date[]) {
  const start = new Date('2026-01-01T00:00:00Z');
  const states = new Map<string, LessonState>();
  let standing = reckon({ current: curriculum, versions: [curriculum], cohort, states });
  const isOpen = (id: string, now: Date) => {
    const node = curriculum.node(id);
    if (!node || !isVisible(curriculum, node, cohort)) return false;
    const scores = new Map([...states.keys()].map((each) => [each, 100]));
    const place = { now, cohort, enrolledAt: start, startsAt: null, zone: 'UTC', done: standing.done, scores };
    return lockOf(curriculum, id, place).locks.length === 0;
  };
  for (const now of times) {
    for (;;) {
      const next = order.find((id) => curriculum.node(id)?.type === 'lesson' && !states.has(id) && isOpen(id, now));
      if (next === undefined) break;
      states.set(next, everything);
      standing = reckon({ current: curriculum, versions: [curriculum], cohort, states });
    }
  }
  return standing;
}

const soon = new Date('2026-01-02T00:00:00Z');
const late = new Date('2040-01-01T00:00:00Z');
const order = fc.shuffledSubarray(ids, { minLength: ids.length });
const times = fc.constantFrom([soon, late], [late]);

it('lets through what anybody can walk through: lesson by lesson as they open, in whatever order, however late', () => {
  let published = 0;
  fc.assert(
    fc.property(drafts, order, times, (draft, wishes, when) => {
      if (draftFaults(draft).length > 0) return;
      published++;
      const curriculum = treeOf(draft);
      for (const cohort of audiencesOf(draft)) {
        const { earned, total, done } = walk(curriculum, cohort, wishes, when);
        const left = curriculum.lessons.filter((each) => doesCount(curriculum, each, cohort) && !done.has(each.id));
        expect(left.map(({ id }) => id)).toEqual([]);
        expect(earned).toBe(total);
      }
    }),
    { numRuns: 3000 },
  );
  expect(published).toBeGreaterThan(300);
});

it('counts in a version of before, in which something can close, only what anybody can walk through', () => {
  let closing = 0;
  fc.assert(
    fc.property(drafts, order, times, (draft, wishes, when) => {
      const faults = draftFaults(draft);
      if (faults.length === 0 || !faults.every(({ detail }) => detail.endsWith('can close before it is done'))) return;
      closing++;
      const curriculum = treeOf(draft);
      for (const cohort of audiencesOf(draft)) {
        const { earned, total } = walk(curriculum, cohort, wishes, when);
        expect(earned).toBe(total);
      }
    }),
    { numRuns: 5000 },
  );
  expect(closing).toBeGreaterThan(15);
});

it('weighs what it lets through to the last unit', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      if (draftFaults(draft).length > 0) return;
      const curriculum = treeOf(draft);
      const { total, ofUnit, ofLesson } = weigh(curriculum, null);
      const top = curriculum.childrenOf(null).map(({ id, type }) => (type === 'unit' ? ofUnit(id) : ofLesson(id)));
      expect(top.reduce((sum, each) => sum + each, 0)).toBe(total);
    }),
  );
});

it('finds every chain that closes, however long, in any order of the page', () => {
  const chains = fc.tuple(fc.shuffledSubarray(ids, { minLength: 2 }), fc.nat(ids.length), fc.boolean());
  fc.assert(
    fc.property(chains, ([chain, at, sequential]) => {
      const nodes = ids.map((id): Node => {
        const place = chain.indexOf(id);
        const next = chain[(place + 1) % chain.length] as string;
        return { id, title: id, type: 'lesson', opens: place < 0 ? null : { kind: 'completed', node: next } };
      });
      const closed = draftFaults({ nodes: z.parse(courseNodes, nodes), sequential, cohorts });
      expect(closed.map(({ pointer }) => pointer)).toEqual(
        expect.arrayContaining([`/nodes/${ids.indexOf(chain[0] as string)}/opens`]),
      );
      const cut = chain[at % chain.length];
      const open = nodes.map((node) => (node.id === cut ? { ...node, opens: null } : node));
      expect(draftFaults({ nodes: z.parse(courseNodes, open), sequential: false, cohorts })).toEqual([]);
    }),
  );
});

it('answers about any list of nodes, in pointers to what is there', () => {
  const references = fc.constantFrom(...ids, 'nowhere');
  const chaos = fc.array(
    fc.record({
      ...{ id: references, parent: fc.option(references), title: fc.constant('x') },
      ...{ type: fc.constantFrom('unit' as const, 'lesson' as const), opens: fc.option(expression) },
      ...{ choose: fc.option(fc.integer({ min: 1, max: 3 })), weight: fc.option(fc.integer({ min: 1, max: 1000 })) },
      ...{ kind: fc.option(fc.constantFrom('page' as const, 'video' as const, 'live' as const)), hidden: fc.boolean() },
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(chaos, fc.boolean(), (given, sequential) => {
      const nodes = z.parse(courseNodes, given);
      for (const { pointer, detail } of draftFaults({ nodes, sequential, cohorts: null })) {
        const [, list, index] = pointer.split('/');
        expect(list).toBe('nodes');
        if (index !== undefined) expect(nodes[Number(index)]).toBeDefined();
        expect(detail.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 1000 },
  );
});
