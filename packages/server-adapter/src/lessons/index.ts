import { findActive, findCourse } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Handlers } from '../handlers.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';
import { createRecent } from '../recent.ts';
import { lessonOf, type ReadText } from './lesson.ts';
import { outlineOf } from './outline.ts';
import { viewOf } from './view.ts';

const mostKept = 500;

/** What a course looks like to who learns in it: its outline and its lessons. */
export function lessons(curricula: Curricula): Handlers<'lessons'> {
  const recent = createRecent<ReturnType<typeof readMarkdown>, CourseNode>(mostKept);

  // A version never changes once it is committed, and is the same object from then on: its text is read once.
  const readText: ReadText = (lesson) => {
    if (lesson.markdown === null) return [];
    const known = recent.get(lesson);
    if (known) return known;
    const blocks = readMarkdown(lesson.markdown);
    recent.set(lesson, blocks);
    return blocks;
  };

  return {
    outline: async ({ course: reference }, context) => {
      const course = await findCourse(context.database, reference, context.caller);
      return outlineOf(await viewOf(course, curricula, context));
    },

    get: async ({ course: reference, lesson }, context) => {
      const { caller, database } = context;
      const course = await findCourse(database, reference, caller);
      const view = await viewOf(course, curricula, context);
      // Says what keeps them from it, such as a seat that is not paid.
      if (caller.kind === 'participant' && !view.enrolment) await findActive(database, course, caller.id);
      return lessonOf(view, lesson, readText);
    },
  };
}
