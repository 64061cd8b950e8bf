import type { Insertable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { instantOf } from '../clock.ts';
import { findCourse } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import type { Tables } from '../db/tables.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { courseAnswer } from './answer.ts';
import { catalogue } from './catalogue.ts';
import { columnsOf } from './columns.ts';
import { drafts } from './drafts.ts';
import { lockCourse } from './lock.ts';
import { currentCurriculum, preview } from './preview.ts';
import { publish } from './publish.ts';
import { keepSearch } from './search.ts';
import { assertWorks } from './settings.ts';
import { versions } from './versions.ts';

/** What courses need of the house. */
export interface CourseServices {
  curricula: Curricula;
  channel: string;
}

/** What is written of text files is another module's. */
type CourseHandlers = Omit<Handlers<'courses'>, 'render' | 'convert' | 'export'>;

/** Courses: their settings, drafts and versions, and the catalogue. */
export function courses({ curricula, channel }: CourseServices): CourseHandlers {
  return {
    ...drafts,
    ...versions,
    list: catalogue,
    preview: preview(curricula),
    publish: publish(curricula, channel),

    create: async ({ slug, ...input }, context) =>
      context.transaction(async ({ database, emit }) => {
        const columns = await columnsOf(database, input);
        assertWorks(columns);
        const now = instantOf(context);
        const made = await database.kysely
          .insertInto('course')
          .values({
            ...{ id: uuidv7(), slug, draft: '[]', draft_at: now, created_at: now, updated_at: now },
            ...columns,
          } as Insertable<Tables['course']>)
          .onConflict((conflict) => conflict.column('slug').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!made) throw new LaurelProblem('slug_taken', `There is a course "${slug}" already.`);
        await keepSearch(database, made.id, null);
        await emit('course.created', { course: made.id });
        return courseAnswer(await findCourse(database, made.id, context.caller));
      }),

    get: async ({ course }, { database, caller }) => courseAnswer(await findCourse(database, course, caller)),

    update: async ({ course: reference, state, ...input }, context) =>
      context.transaction(async ({ database, emit }) => {
        const former = await lockCourse(database, reference, context.caller);
        const { id } = former;
        const columns = await columnsOf(database, input);
        assertWorks({ ...former, ...columns } as Parameters<typeof assertWorks>[0]);
        if (state !== undefined && former.version === null) {
          throw new LaurelProblem(
            'course_state_conflict',
            `A course without a version cannot be ${state}: publish its draft first.`,
          );
        }
        await database.kysely
          .updateTable('course')
          .set({ ...columns, ...(state !== undefined && { state }), updated_at: instantOf(context) })
          .where('id', '=', id)
          .execute();
        await keepSearch(database, id, await currentCurriculum(database, curricula, former));
        await emit('course.updated', { course: id });
        return courseAnswer(await findCourse(database, id, context.caller));
      }),
  };
}
