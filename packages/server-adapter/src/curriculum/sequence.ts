import type { CourseNode } from '../db/course-tables.ts';
import type { Curriculum } from './curriculum.ts';
import { doesCount } from './visible.ts';

/** The unit of which some lessons are enough that a lesson stands in. */
const choiceOf = (curriculum: Curriculum, lesson: CourseNode): CourseNode | undefined =>
  curriculum.unitsOf(lesson.id).find(({ choose }) => choose !== null);

const kept = new WeakMap<Curriculum, Map<string | null, ReadonlyMap<string, string | null>>>();

/**
 * The step before each lesson of a course whose lessons open one after the other: the lesson before it that counts, or the
 * unit of which some lessons are enough. Lessons of one such unit open together.
 */
function stepsOf(curriculum: Curriculum, cohort: string | null): ReadonlyMap<string, string | null> {
  const byCohort = kept.get(curriculum) ?? new Map();
  kept.set(curriculum, byCohort);
  const known = byCohort.get(cohort);
  if (known) return known;
  const before = new Map<string, string | null>();
  let last: string | null = null;
  let step: string | null = null;
  for (const lesson of curriculum.lessons) {
    const choice = choiceOf(curriculum, lesson)?.id;
    if (choice === undefined || choice !== step) last = step;
    before.set(lesson.id, last);
    if (doesCount(curriculum, lesson, cohort)) step = choice ?? lesson.id;
  }
  byCohort.set(cohort, before);
  return before;
}

/** What must be done before a lesson of such a course opens; `null` for the first, and for units. */
export const previousStep = (curriculum: Curriculum, id: string, cohort: string | null): string | null =>
  stepsOf(curriculum, cohort).get(id) ?? null;
