import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';

/** A curriculum as it is being written, and what its faults depend on. */
export interface StoredDraft {
  nodes: CourseNode[];
  revision: number;
  updatedAt: Date;
  /** Slugs of the cohorts of the course. */
  cohorts: string[];
}

const readSql = (schema: string) => `
select draft as nodes, draft_revision as revision, draft_at as "updatedAt",
  array(select slug from ${schema}.course_cohort where course_id = course.id order by slug) as cohorts
from ${schema}.course where id = $1`;

/** Reads the draft of a course that is there. */
export async function readDraft({ query, schema }: Database, courseId: string): Promise<StoredDraft> {
  const [row] = await query<StoredDraft>(readSql(schema), [courseId]);
  return row as StoredDraft;
}
