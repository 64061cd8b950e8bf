import type { contract, Output } from '@laurelkit/sdk/contract';
import { findCourse } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Handlers } from '../handlers.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';
import { formats } from './formats.ts';

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
        course.version === null ? course.draft : (await curricula.of(database, course.id, course.version)).nodes;
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
