import type { contract, Output } from '@laurelkit/sdk/contract';
import { findCourse } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';
import { formats } from './formats.ts';

async function draftOf({ query, schema }: Database, courseId: string): Promise<CourseNode[]> {
  const [row] = await query<{ draft: CourseNode[] }>(`select draft from ${schema}.course where id = $1`, [courseId]);
  return row?.draft ?? [];
}

type Converted = Output<typeof contract.courses.convert>;

/** What files of courses need of the house. */
export interface CourseFileServices {
  curricula: Curricula;
  /** What would keep these nodes from being published. */
  faultsOf(nodes: readonly CourseNode[]): Converted['faults'];
}

/** Courses as files, and Markdown as learners will see it. */
export function courseFiles({
  curricula,
  faultsOf,
}: CourseFileServices): Pick<Handlers<'courses'>, 'render' | 'convert' | 'export'> {
  return {
    render: async ({ markdown }) => ({ blocks: readMarkdown(markdown) }),

    convert: async ({ format, rawBody }) => {
      const read = formats[format].read(rawBody);
      return { ...read, faults: faultsOf(read.nodes) };
    },

    export: async ({ course: reference, format }, { database, caller }) => {
      const course = await findCourse(database, reference, caller);
      const { slug, name, description, language } = course;
      const nodes: readonly CourseNode[] =
        course.version === null
          ? await draftOf(database, course.id)
          : (await curricula.of(database, course.id, course.version)).nodes;
      const { write, ending, mediaType } = formats[format];
      return new Response(Buffer.from(write({ name, description, language, nodes: [...nodes] })), {
        headers: {
          'content-type': mediaType,
          'content-disposition': `attachment; filename="${slug}.${ending}"`,
        },
      });
    },
  };
}
