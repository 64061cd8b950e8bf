import type { Context } from '../context.ts';
import { type CourseRow, findCohort, findCourse } from '../curriculum/find-course.ts';

/** Those of whom something is told: the active learners of a course, or of one cohort of it. */
export interface Audience {
  course: CourseRow;
  cohort: { id: string; slug: string } | null;
}

/**
 * Whom a call of the host is about.
 * @throws LaurelProblem course_not_found, cohort_not_found
 */
export async function audienceOf(
  { course: reference, cohort }: { course: string; cohort?: string | undefined },
  { database, caller }: Pick<Context, 'database' | 'caller'>,
): Promise<Audience> {
  const course = await findCourse(database, reference, caller);
  return { course, cohort: cohort === undefined ? null : await findCohort(database, course.id, cohort) };
}

/** SQL: that `enrolment` is of the audience whose course is `$1` and whose cohort is `$2`. */
export const isOfAudience = ({ cohort }: Audience) =>
  `enrolment.course_id = $1 and enrolment.state = 'active' and ${cohort ? 'enrolment.cohort_id = $2' : '$2::uuid is null'}`;

/** The values of `$1` and `$2`. */
export const audienceValues = ({ course, cohort }: Audience) => [course.id, cohort?.id ?? null];
