import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';

/** A curriculum as it is being written, and what its faults depend on. */
export interface StoredDraft {
  nodes: CourseNode[];
  revision: number;
  updatedAt: Date;
  /** Slugs of the cohorts of the course. */
  cohorts: string[];
  /** Ids that versions of the course had, with what they were last. */
  former: ReadonlyMap<string, CourseNode['type']>;
}

const readSql = (schema: string) => `
select draft as nodes, draft_revision as revision, draft_at as "updatedAt",
  array(select slug from ${schema}.course_cohort where course_id = course.id order by slug) as cohorts
from ${schema}.course where id = $1`;

/** The latest version first of each id. */
const formerSql = (schema: string) => `
select distinct on (id) id, type from (
  select version, 'unit' as type, jsonb_array_elements_text(unit_ids) as id from ${schema}.course_version where course_id = $1
  union all
  select version, 'lesson', jsonb_array_elements_text(lesson_ids) from ${schema}.course_version where course_id = $1
) each order by id, version desc`;

/** Reads the draft of a course that is there. */
export async function readDraft({ query, schema }: Database, courseId: string): Promise<StoredDraft> {
  const [row] = await query<Omit<StoredDraft, 'former'>>(readSql(schema), [courseId]);
  if (!row) throw new Error('courses are not deleted');
  const former = await query<{ id: string; type: CourseNode['type'] }>(formerSql(schema), [courseId]);
  return { ...row, former: new Map(former.map(({ id, type }) => [id, type])) };
}
