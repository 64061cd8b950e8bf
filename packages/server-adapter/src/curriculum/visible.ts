import type { CourseNode } from '../db/course-tables.ts';
import type { Curriculum } from './curriculum.ts';
import { type Availability, nodesOf } from './expression.ts';

const inCohort = ({ cohorts }: CourseNode, cohort: string | null) =>
  cohorts.length === 0 || (cohort !== null && cohorts.includes(cohort));

/** Whether a learner of this cohort sees a node. */
export function isVisible(curriculum: Curriculum, node: CourseNode, cohort: string | null): boolean {
  return [node, ...curriculum.unitsOf(node.id)].every((each) => !each.hidden && inCohort(each, cohort));
}

/**
 * What becomes of an expression for learners of one cohort who do whatever they can and wait as long as it takes: it holds from
 * the start, comes to hold for good, may stop holding before they get there, or never holds.
 */
export type Outlook = 'always' | 'surely' | 'unsure' | 'never';

const kept = new WeakMap<Curriculum, Map<string | null, Map<string, Outlook>>>();

/** What becomes of a node for learners of this cohort: whether it opens, and whether it can close before they did it (`unsure`). */
export function outlookOf(curriculum: Curriculum, node: CourseNode, cohort: string | null): Outlook {
  const byCohort = kept.get(curriculum) ?? new Map<string | null, Map<string, Outlook>>();
  kept.set(curriculum, byCohort);
  const known = byCohort.get(cohort) ?? new Map<string, Outlook>();
  byCohort.set(cohort, known);

  const opensOf = (wanted: CourseNode): Availability[] =>
    [wanted, ...curriculum.unitsOf(wanted.id)].flatMap(({ opens }) => (opens === null ? [] : [opens]));
  /** What a node waits for is settled before it, without recursion: a chain may be as long as the course. */
  const settle = (first: CourseNode): Outlook => {
    const begun = new Set<string>();
    const stack = [first];
    for (let wanted = stack.at(-1); wanted; wanted = stack.at(-1)) {
      if (begun.has(wanted.id)) {
        known.set(wanted.id, isVisible(curriculum, wanted, cohort) ? least(opensOf(wanted).map(judge)) : 'never');
        stack.pop();
        continue;
      }
      begun.add(wanted.id);
      // What waits for itself never opens.
      known.set(wanted.id, 'never');
      for (const each of opensOf(wanted).flatMap(nodesOf)) {
        const node = curriculum.node(each);
        if (node) stack.push(...[node, ...requiredIn(curriculum, node)].filter(({ id }) => !known.has(id)));
      }
    }
    return known.get(first.id) ?? 'never';
  };
  const judge = (expression: Availability): Outlook => {
    switch (expression.kind) {
      case 'cohort':
        return cohort !== null && expression.cohorts.includes(cohort) ? 'always' : 'never';
      case 'completed':
      case 'score': {
        const wanted = curriculum.node(expression.node);
        const own = (wanted && known.get(wanted.id)) ?? 'never';
        if (!wanted || wanted.type === 'lesson') return least([own, 'surely']);
        // A unit in which nothing counts for these learners is never done.
        return least([own, 'surely', most(requiredIn(curriculum, wanted).map(({ id }) => known.get(id) ?? 'never'))]);
      }
      case 'all':
        return least((expression.of as Availability[]).map(judge));
      case 'any':
        return most((expression.of as Availability[]).map(judge));
      case 'not': {
        const of = expression.of as Availability;
        const inner = judge(of);
        // What these learners cannot do they may have done in another cohort, or by another version.
        return inner === 'never' && nodesOf(of).length > 0 ? 'unsure' : opposite[inner];
      }
      default:
        return 'surely';
    }
  };
  return known.get(node.id) ?? settle(node);
}

/** Whether a node opens for learners of this cohort at some time and stays open. What does not cannot count: nobody could rely on 100 %. */
export function isReachable(curriculum: Curriculum, node: CourseNode, cohort: string | null): boolean {
  const outlook = outlookOf(curriculum, node, cohort);
  return outlook === 'always' || outlook === 'surely';
}

/** The lessons in a unit that count for those who can reach them. */
function requiredIn(curriculum: Curriculum, unit: CourseNode): CourseNode[] {
  if (unit.type === 'lesson' || ![unit, ...curriculum.unitsOf(unit.id)].every(({ required }) => required)) return [];
  const lessons: CourseNode[] = [];
  const left = [unit.id];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    for (const child of curriculum.childrenOf(id)) {
      if (!child.required) continue;
      if (child.type === 'lesson') lessons.push(child);
      else left.push(child.id);
    }
  }
  return lessons;
}

const order: readonly Outlook[] = ['never', 'unsure', 'surely', 'always'];
const least = (all: readonly Outlook[]) => order.find((each) => all.includes(each)) ?? 'always';
const most = (all: readonly Outlook[]) => order.findLast((each) => all.includes(each)) ?? 'never';
const opposite: Record<Outlook, Outlook> = { always: 'never', surely: 'unsure', unsure: 'unsure', never: 'always' };

/** Whether a lesson counts for learners of this cohort: required, seen, and open at some time for good. */
export function doesCount(curriculum: Curriculum, lesson: CourseNode, cohort: string | null): boolean {
  const places = [lesson, ...curriculum.unitsOf(lesson.id)];
  return (
    lesson.type === 'lesson' && places.every(({ required }) => required) && isReachable(curriculum, lesson, cohort)
  );
}
