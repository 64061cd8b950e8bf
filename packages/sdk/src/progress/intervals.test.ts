import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covered, gapsWithin, type Interval, lengthOf, union } from './intervals.ts';

const size = 40;
const point = fc.integer({ min: 0, max: size });
// Empty ones and those the wrong way round among them.
const list = fc.array(fc.tuple(point, point), { maxLength: 12 });
const stretch = fc.tuple(point, point).map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]);

/** The naive way: one bit for each unit. */
function bits(...lists: readonly (readonly Interval[])[]): boolean[] {
  const set = Array.from({ length: size }, () => false);
  for (const [from, to] of lists.flat()) set.fill(true, from, Math.max(from, to));
  return set;
}
const count = (set: boolean[]) => set.filter(Boolean).length;

describe('interval sets', () => {
  test('a union is what a set of bits says, in order, apart, none empty', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const joined = union(a, b);
        expect(bits(joined)).toEqual(bits(a, b));
        for (const [index, [from, to]] of joined.entries()) {
          expect(from).toBeLessThan(to);
          expect(from).toBeGreaterThan(joined[index - 1]?.[1] ?? -1);
        }
      }),
    );
  });

  test('a join-semilattice: order, grouping and repetition make no difference', () => {
    fc.assert(
      fc.property(list, list, list, (a, b, c) => {
        expect(union(a, b)).toEqual(union(b, a));
        expect(union(union(a, b), c)).toEqual(union(a, union(b, c)));
        expect(union(a, a)).toEqual(union(a));
        expect(union(union(a, b), a)).toEqual(union(a, b));
        expect(lengthOf(union(a, b))).toBeGreaterThanOrEqual(lengthOf(a));
      }),
    );
  });

  test('however it is cut into pieces and shuffled, it is the same', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: size - 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(list, cuts, fc.infiniteStream(fc.nat()), (a, at, order) => {
        const pieces = a.flatMap(([from, to]) => {
          const edges = [from, ...at.filter((each) => each > from && each < to).sort((x, y) => x - y), to];
          return edges.slice(1).map((edge, index): Interval => [edges[index] as number, edge]);
        });
        const shuffled = pieces
          .map((piece) => [order.next().value as number, piece] as const)
          .sort(([x], [y]) => x - y)
          .map(([, piece]) => piece);
        expect(union(shuffled)).toEqual(union(a));
      }),
    );
  });

  test('lengths, covers and gaps are counted in bits', () => {
    fc.assert(
      fc.property(list, stretch, (a, [from, to]) => {
        expect(lengthOf(a)).toBe(count(bits(a)));
        expect(covered(a, [from, to])).toBe(count(bits(a).slice(from, to)));
        const gaps = gapsWithin(a, [from, to]);
        expect(bits(gaps)).toEqual(bits([[from, to]]).map((inside, index) => inside && !bits(a)[index]));
        expect(union(gaps)).toEqual(gaps);
      }),
    );
  });
});
