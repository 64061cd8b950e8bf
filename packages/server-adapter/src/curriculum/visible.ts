import type { CourseNode } from '../db/course-tables.ts';
import type { Curriculum } from './curriculum.ts';
import { type Availability, nodesOf } from './expression.ts';

const inCohort = ({ cohorts }: CourseNode, cohort: string | null) =>
  cohorts.length === 0 || (cohort !== null && cohorts.includes(cohort));

/** Whether a learner of this cohort sees a node. */
export function isVisible(curriculum: Curriculum, node: CourseNode, cohort: string | null): boolean {
  return [node, ...curriculum.unitsOf(node.id)].every((each) => !each.hidden && inCohort(each, cohort));
}

/** What an expression can come to, for learners of one cohort, whatever they do and however long they wait. */
type Possible = 'always' | 'sometimes' | 'never';

const kept = new WeakMap<Curriculum, Map<string | null, Map<string, boolean>>>();

/** Whether a node can ever open for learners of this cohort. What cannot does not count: nobody could reach 100 %. */
export function isReachable(curriculum: Curriculum, node: CourseNode, cohort: string | null): boolean {
  const byCohort = kept.get(curriculum) ?? new Map<string | null, Map<string, boolean>>();
  kept.set(curriculum, byCohort);
  const known = byCohort.get(cohort) ?? new Map<string, boolean>();
  byCohort.set(cohort, known);

  const opensOf = (wanted: CourseNode): Availability[] =>
    [wanted, ...curriculum.unitsOf(wanted.id)].flatMap(({ opens }) => (opens === null ? [] : [opens]));
  /** What a node waits for is settled before it, without recursion: a chain may be as long as the course. */
  const reach = (first: CourseNode): boolean => {
    const begun = new Set<string>();
    const stack = [first];
    for (let wanted = stack.at(-1); wanted; wanted = stack.at(-1)) {
      if (begun.has(wanted.id)) {
        known.set(wanted.id, isVisible(curriculum, wanted, cohort) && least(opensOf(wanted).map(possible)) !== 'never');
        stack.pop();
        continue;
      }
      begun.add(wanted.id);
      // What waits for itself never opens.
      known.set(wanted.id, false);
      for (const each of opensOf(wanted).flatMap(nodesOf)) {
        const node = curriculum.node(each);
        if (node) stack.push(...[node, ...requiredIn(curriculum, node)].filter(({ id }) => !known.has(id)));
      }
    }
    return known.get(first.id) ?? false;
  };
  const possible = (expression: Availability): Possible => {
    switch (expression.kind) {
      case 'cohort':
        return cohort !== null && expression.cohorts.includes(cohort) ? 'always' : 'never';
      case 'completed':
      case 'score': {
        const wanted = curriculum.node(expression.node);
        if (!wanted || !known.get(wanted.id)) return 'never';
        // A unit in which nothing counts for these learners is never done.
        return wanted.type === 'lesson' || requiredIn(curriculum, wanted).some(({ id }) => known.get(id))
          ? 'sometimes'
          : 'never';
      }
      case 'all':
        return least((expression.of as Availability[]).map(possible));
      case 'any':
        return most((expression.of as Availability[]).map(possible));
      case 'not':
        return opposite[possible(expression.of as Availability)];
      default:
        return 'sometimes';
    }
  };
  return known.get(node.id) ?? reach(node);
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

const order: readonly Possible[] = ['never', 'sometimes', 'always'];
const least = (all: readonly Possible[]) => order.find((each) => all.includes(each)) ?? 'always';
const most = (all: readonly Possible[]) => order.findLast((each) => all.includes(each)) ?? 'never';
const opposite: Record<Possible, Possible> = { always: 'never', sometimes: 'sometimes', never: 'always' };

/** Whether a lesson counts for learners of this cohort: required, seen and to be reached. */
export function doesCount(curriculum: Curriculum, lesson: CourseNode, cohort: string | null): boolean {
  const places = [lesson, ...curriculum.unitsOf(lesson.id)];
  return (
    lesson.type === 'lesson' && places.every(({ required }) => required) && isReachable(curriculum, lesson, cohort)
  );
}
