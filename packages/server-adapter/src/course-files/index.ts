import { draftFaults } from '../curriculum/faults/draft-faults.ts';
import { findCourse } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { readDraft } from '../curriculum/read-draft.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Handlers } from '../handlers.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';
import { formats } from './formats.ts';

/** What files of courses need of the house. */
export interface CourseFileServices {
  curricula: Curricula;
}

/** Courses as files, and Markdown as learners will see it. */
export function courseFiles({
  curricula,
}: CourseFileServices): Pick<Handlers<'courses'>, 'render' | 'convert' | 'export'> {
  return {
    render: async ({ markdown }) => ({ blocks: readMarkdown(markdown) }),

    convert: async ({ format, rawBody }) => {
      const read = formats[format].read(rawBody);
      return { ...read, faults: draftFaults({ nodes: read.nodes, sequential: false, cohorts: null }) };
    },

    export: async ({ course: reference, format }, { database, caller }) => {
      const course = await findCourse(database, reference, caller);
      const { slug, name, description, language } = course;
      const nodes: readonly CourseNode[] =
        course.version === null
          ? (await readDraft(database, course.id)).nodes
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
