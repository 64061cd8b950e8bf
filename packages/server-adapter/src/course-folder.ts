/**
 * Courses that a host keeps as a folder of Markdown files. `docs/course-files.md` describes the folder.
 *
 * @example
 * ```ts
 * import { readCourseFolder } from '@laurelkit/server-adapter/courses';
 * const { nodes } = await readCourseFolder('course');
 * await laurel.api.courses.saveDraft({ course: 'bread', revision: 0, nodes });
 * ```
 */
import type { ReadCourse } from './course-files/course-file.ts';
import { openFolder } from './course-files/disk.ts';
import { readMarkdownCourse } from './course-files/markdown/read.ts';
import type { Fault } from './curriculum/faults/draft.ts';
import { draftFaults } from './curriculum/faults/draft-faults.ts';

/** A course as a folder has it, and what would keep it from being published. */
export type CourseFolder = ReadCourse & { faults: Fault[] };

/**
 * Reads a course from a folder of Markdown files. Links are not followed, what is hidden is passed over.
 * @throws LaurelProblem course_file_invalid, saying what is wrong in which file
 */
export async function readCourseFolder(folder: string): Promise<CourseFolder> {
  const read = readMarkdownCourse(await openFolder(folder));
  return { ...read, faults: draftFaults({ nodes: read.nodes, sequential: false, cohorts: null }) };
}
