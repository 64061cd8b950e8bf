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

/** A version that this very transaction wrote is not settled: were it undone, another could come by its number. */
const read = (schema: string) => `
select nodes, sequential, written_by is distinct from pg_current_xact_id_if_assigned() as settled
from ${schema}.course_version where course_id = $1 and version = $2`;

/** Makes the memory of a node. A version never changes once it is committed, so it is read once from then on. */
export function createCurricula(): Curricula {
  const recent = createRecent<Curriculum>(mostKept);
  return {
    of: async (database, courseId, version) => {
      const key = `${courseId}/${version}`;
      const known = recent.get(key);
      if (known) return known;
      const [row] = await database.query<{ nodes: CourseNode[]; sequential: boolean; settled: boolean }>(
        read(database.schema),
        [courseId, version],
      );
      if (!row) throw new Error(`course ${courseId} has no version ${version}`);
      const made = curriculumOf({ courseId, version, nodes: row.nodes, sequential: row.sequential });
      if (row.settled) recent.set(key, made);
      return made;
    },
  };
}
