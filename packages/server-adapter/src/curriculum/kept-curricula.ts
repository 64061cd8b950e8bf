import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import { createRecent } from '../recent.ts';
import { type Curriculum, curriculumOf } from './curriculum.ts';

const mostKept = 500;

/** The published versions of all courses, read when they are needed. */
export interface Curricula {
  /** @throws Error when there is no such version: nothing may be pinned to one */
  of(database: Pick<Database, 'query' | 'schema'>, courseId: string, version: number): Promise<Curriculum>;
}

/** Makes the memory of a node. A version never changes, so it is read once. */
export function createCurricula(): Curricula {
  const recent = createRecent<Curriculum>(mostKept);
  return {
    of: async (database, courseId, version) => {
      const key = `${courseId}/${version}`;
      const known = recent.get(key);
      if (known) return known;
      const [row] = await database.query<{ nodes: CourseNode[]; sequential: boolean }>(
        `select nodes, sequential from ${database.schema}.course_version where course_id = $1 and version = $2`,
        [courseId, version],
      );
      if (!row) throw new Error(`course ${courseId} has no version ${version}`);
      const made = curriculumOf({ courseId, version, ...row });
      recent.set(key, made);
      return made;
    },
  };
}
