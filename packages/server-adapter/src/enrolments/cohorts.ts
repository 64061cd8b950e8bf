import { uuidv7 } from 'uuidv7';
import { findCohort, findCourse } from '../curriculum/find-course.ts';
import type { Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf, isHost } from '../http/caller.ts';
import { readCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import { readCohort, readCohorts } from './cohort-answer.ts';
import { atDesk } from './desk.ts';
import { advanceLine } from './line.ts';
import type { DeskServices } from './services.ts';

/** When a cohort begins, ends, and takes people in. */
type Times = Pick<Row<'course_cohort'>, 'starts_at' | 'ends_at' | 'opens_at' | 'closes_at'>;

const instantOrNull = (value: string | null) => (value === null ? null : new Date(value));

/** @throws LaurelProblem cohort_invalid */
function assertWorks({ starts_at, ends_at, opens_at, closes_at }: Times) {
  if (starts_at && ends_at && ends_at <= starts_at) {
    throw new LaurelProblem('cohort_invalid', 'The cohort must end after it starts.');
  }
  if (opens_at && closes_at && closes_at <= opens_at) {
    throw new LaurelProblem('cohort_invalid', 'Enrolling must close after it opens.');
  }
}

/** @throws LaurelProblem cohort_invalid when more seats are taken already */
function assertEnough({ seats_taken: taken }: Row<'course_cohort'>, seats: number) {
  if (taken > seats) throw new LaurelProblem('cohort_invalid', `${taken} seats are taken: there cannot be fewer.`);
}

/** Cohorts of a course: create, list, change. */
export function cohorts(
  services: DeskServices,
): Pick<Handlers<'enrolments'>, 'createCohort' | 'listCohorts' | 'updateCohort'> {
  return {
    createCohort: async ({ course: reference, slug, name, seats, ...times }, context) => {
      const { caller, now } = context;
      const course = await findCourse(context.database, reference, caller);
      const given = {
        starts_at: instantOrNull(times.startsAt),
        ends_at: instantOrNull(times.endsAt),
        opens_at: instantOrNull(times.opensAt),
        closes_at: instantOrNull(times.closesAt),
      };
      assertWorks(given);
      return context.transaction(async ({ database }) => {
        const id = uuidv7();
        const made = await database.kysely
          .insertInto('course_cohort')
          .values({ id, course_id: course.id, slug, name, seats, ...given, ...(now && { created_at: now }) })
          .onConflict((conflict) => conflict.constraint('course_cohort_slug_once').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!made) throw new LaurelProblem('slug_taken', `The course has a cohort "${slug}" already.`);
        return readCohort(database, course.id, id, now);
      });
    },

    listCohorts: async ({ course: reference, limit, cursor }, { database, caller, now }) => {
      const course = await findCourse(database, reference, caller);
      const after = cursor === undefined ? null : readCursor(cursor, ['integer', 'integer', 'id']);
      return readCohorts(database, { courseId: course.id, now, after, limit, forHost: isHost(caller) });
    },

    updateCohort: async ({ course: reference, cohort: named, name, seats, ...times }, context) => {
      const { caller, now } = context;
      const { id: courseId } = await findCourse(context.database, reference, caller);
      const { id } = await findCohort(context.database, courseId, named);
      const given = {
        ...(name !== undefined && { name }),
        ...(seats !== undefined && { seats }),
        ...(times.startsAt !== undefined && { starts_at: instantOrNull(times.startsAt) }),
        ...(times.endsAt !== undefined && { ends_at: instantOrNull(times.endsAt) }),
        ...(times.opensAt !== undefined && { opens_at: instantOrNull(times.opensAt) }),
        ...(times.closesAt !== undefined && { closes_at: instantOrNull(times.closesAt) }),
      };
      return context.transaction(({ database }) =>
        atDesk(services, database, { courseId, actor: actorOf(caller), now }, async (desk) => {
          const before = await findCohort(database, courseId, id);
          assertWorks({ ...before, ...given });
          if (seats != null) assertEnough(before, seats);
          if (Object.keys(given).length > 0) {
            await database.kysely.updateTable('course_cohort').set(given).where('id', '=', id).execute();
            await advanceLine(desk);
          }
          return readCohort(database, courseId, id, now);
        }),
      );
    },
  };
}
