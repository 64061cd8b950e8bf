import { type CourseRow, findCourse } from '../curriculum/find-course.ts';
import type { Database } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';

/**
 * Finds a course and keeps others from changing it until the transaction ends.
 * @throws LaurelProblem course_not_found
 */
export async function lockCourse(database: Database, reference: string, caller: Caller): Promise<CourseRow> {
  const { id } = await findCourse(database, reference, caller);
  await database.query(`select from ${database.schema}.course where id = $1 for no key update`, [id]);
  return findCourse(database, id, caller);
}
