import type { CourseNode } from '../db/course-tables.ts';
import type { Curriculum } from './curriculum.ts';
import { doesCount } from './visible.ts';

/** What each part of a course counts, in whole units of the course: sums and comparisons are exact. */
export interface Weights {
  /** All that counts. */
  total: number;
  /** Of a lesson; 0 for one that does not count. */
  ofLesson(id: string): number;
  /** All that counts in a unit; what is earned in it is cut off there (`choose`). */
  ofUnit(id: string): number;
}

/** A fraction of whole numbers. */
type Fraction = readonly [over: bigint, under: bigint];

const none: Fraction = [0n, 1n];
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
const reduce = ([over, under]: Fraction): Fraction => {
  const divisor = gcd(over, under);
  return divisor === 0n ? none : [over / divisor, under / divisor];
};
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => reduce([a * d + c * b, b * d]);
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => reduce([a * c, b * d]);
const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => reduce([a * d, b * c]);
const whole = (value: number): Fraction => [BigInt(value), 1n];

/** The weights of a course are too far apart to be counted exactly. */
export class UncountableWeights extends Error {}

const kept = new WeakMap<Curriculum, Map<string | null, Weights>>();

/**
 * Weighs a course for learners of a cohort. A lesson counts its weight beside its siblings (1 unless told); a unit what its
 * children count together, or its own weight, which they then share in proportion. In a unit of which `choose` lessons are
 * enough every lesson counts the same, and so many are the whole. All fractions are brought to whole units.
 * @throws UncountableWeights when these would not be exact in 53 bits
 */
export function weigh(curriculum: Curriculum, cohort: string | null): Weights {
  const byCohort = kept.get(curriculum) ?? new Map<string | null, Weights>();
  kept.set(curriculum, byCohort);
  const known = byCohort.get(cohort);
  if (known) return known;
  const made = weighAnew(curriculum, cohort);
  byCohort.set(cohort, made);
  return made;
}

function weighAnew(curriculum: Curriculum, cohort: string | null): Weights {
  const values = new Map<string, Fraction>();
  const worthOf = (node: CourseNode): Fraction => {
    const value = node.type === 'lesson' ? lessonValue(node) : unitValue(node);
    values.set(node.id, value);
    return value;
  };
  const lessonValue = (node: CourseNode) =>
    doesCount(curriculum, node, cohort) ? whole(isChoice(curriculum, node) ? 1 : (node.weight ?? 1)) : none;
  const unitValue = (node: CourseNode) => {
    const inside = curriculum.childrenOf(node.id).map(worthOf);
    const sum = inside.reduce(plus, none);
    const enough = node.choose === null ? sum : least(whole(node.choose), sum);
    return node.weight === null || enough[0] === 0n ? enough : whole(node.weight);
  };
  const top = curriculum.childrenOf(null);
  const total = top.map(worthOf).reduce(plus, none);

  const shares = new Map<string, Fraction>();
  const share = (node: CourseNode, factor: Fraction) => {
    const value = values.get(node.id) ?? none;
    shares.set(node.id, times(value, factor));
    const children = curriculum.childrenOf(node.id);
    const sum = children.map(({ id }) => values.get(id) ?? none).reduce(plus, none);
    const natural = node.choose === null ? sum : least(whole(node.choose), sum);
    const inner = natural[0] === 0n ? factor : times(factor, over(value, natural));
    for (const child of children) share(child, inner);
  };
  for (const node of top) share(node, whole(1));

  const common = [...shares.values()].reduce((all, [, under]) => (all / gcd(all, under)) * under, 1n);
  const count = ([a, b]: Fraction): number => {
    const units = (a * common) / b;
    if (units > BigInt(Number.MAX_SAFE_INTEGER)) throw new UncountableWeights();
    return Number(units);
  };
  const counts = new Map([...shares].map(([id, fraction]) => [id, count(fraction)]));
  return { total: count(total), ofLesson: (id) => counts.get(id) ?? 0, ofUnit: (id) => counts.get(id) ?? 0 };
}

const least = (a: Fraction, b: Fraction) => (a[0] * b[1] <= b[0] * a[1] ? a : b);
const isChoice = (curriculum: Curriculum, { id }: CourseNode) => curriculum.unitsOf(id)[0]?.choose != null;

/** A share of what counts in whole percent, rounded down: 100 only for all of it. */
export const percentOf = (earned: number, total: number): number =>
  total === 0 ? 0 : Number((100n * BigInt(earned)) / BigInt(total));
