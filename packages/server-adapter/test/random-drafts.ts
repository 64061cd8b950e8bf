import { courseNodes } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import * as z from 'zod/mini';
import type { Draft } from '../src/curriculum/faults/draft.ts';

type Node = z.input<typeof courseNodes>[number];
type Opens = NonNullable<Node['opens']>;

/** Cohorts that courses of these drafts have. */
export const cohorts = ['spring', 'autumn'];
/** Ids of nodes, as many as a draft may have. */
export const ids = Array.from({ length: 9 }, (_, index) => `n${index}`);

const leaf: fc.Arbitrary<Opens> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('completed' as const), node: fc.constantFrom(...ids) }) },
  fc.record({
    kind: fc.constant('score' as const),
    node: fc.constantFrom(...ids),
    atLeast: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({ kind: fc.constant('cohort' as const), cohorts: fc.subarray(cohorts, { minLength: 1 }) }),
  fc.constant({ kind: 'instant' as const, from: '2030-01-01T00:00:00Z' }),
  fc.constant({ kind: 'days' as const, since: 'start' as const, days: 30, at: '09:00' }),
);
/** What may open a node. */
export const expression = fc.oneof(
  { weight: 4, arbitrary: leaf },
  fc.record({
    kind: fc.constantFrom('all' as const, 'any' as const),
    of: fc.array(leaf, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('not' as const), of: leaf }),
) as fc.Arbitrary<Opens>;

const mostly = <T>(usual: T, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: rare });

/** A node anywhere: `depth` says how many of the units that the page is in it stands in. */
const piece = fc.record({
  isUnit: fc.boolean(),
  depth: fc.nat(3),
  required: mostly(true, fc.constant(false)),
  hidden: mostly(false, fc.constant(true)),
  cohorts: mostly([] as string[], fc.subarray(cohorts)),
  weight: mostly(null, fc.constantFrom(1, 2, 3, 7, 1000)) as fc.Arbitrary<number | null>,
  choose: mostly(null, fc.constantFrom(1, 2)) as fc.Arbitrary<number | null>,
  opens: mostly(null, expression) as fc.Arbitrary<Opens | null>,
});

/** Trees in the order of the page, whatever else they are. */
const trees = fc.array(piece, { minLength: 1, maxLength: ids.length }).map((pieces) => {
  const within: string[] = [];
  return pieces.map(({ isUnit, depth, choose, ...fields }, index): Node => {
    within.length = Math.min(depth, within.length);
    const parent = within.at(-1) ?? null;
    const id = ids[index] as string;
    if (isUnit) within.push(id);
    return { id, parent, title: id, type: isUnit ? 'unit' : 'lesson', ...fields, ...(isUnit && { choose }) };
  });
});
/** Drafts whose nodes are a tree; whatever else they are. */
export const drafts = fc
  .record({ nodes: trees, sequential: fc.boolean() })
  .map(({ nodes, sequential }): Draft => ({ nodes: z.parse(courseNodes, nodes), sequential, cohorts }));
