import type { Context, TransactionContext } from '../context.ts';
import { findCohort, findCourse } from '../curriculum/find-course.ts';
import type { Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf, isHost } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { callerOrNamed } from '../http/subject.ts';
import { createTurns } from '../in-turn.ts';
import { LaurelProblem } from '../problem.ts';
import { readEnrolment, readEnrolments } from './answer.ts';
import { checkout } from './checkout.ts';
import { cohorts } from './cohorts.ts';
import { atDesk, type Desk } from './desk.ts';
import { assertOpen, enrol } from './enrol.ts';
import { findEnrolment } from './find.ts';
import { leave } from './leave.ts';
import { moveTo } from './move.ts';
import { markPaid } from './paid.ts';
import type { EnrolmentServices } from './services.ts';
import { stripeWebhook } from './webhook.ts';

/** Who learns in which course: seats, the line for them, paying, cohorts. */
export function enrolments(services: EnrolmentServices): Handlers<'enrolments'> {
  const turns = createTurns();
  /** Who waits for a course waits here, not with a connection in hand. Inside somebody else's transaction the lock alone decides. */
  const inTurn: InTurnOf = (context, courseId, work) =>
    context.enlisted ? context.transaction(work) : turns(courseId, () => context.transaction(work));

  /** Changes an enrolment while nobody else gives or takes seats of its course. */
  const change = async (
    context: Context,
    id: string,
    work: (desk: Desk, transaction: TransactionContext) => Promise<void>,
  ) => {
    const { caller, now } = context;
    const { course_id: courseId } = await findEnrolment(context, id);
    return inTurn(context, courseId, async (transaction) => {
      const visit = { courseId, actor: actorOf(caller), now };
      await atDesk(services, transaction.database, visit, (desk) => work(desk, transaction));
      return readEnrolment(transaction.database, id);
    });
  };

  return {
    ...cohorts(services),
    stripeWebhook: stripeWebhook(services),

    enroll: async ({ course: reference, participant, free, cohort: named, timeZone }, context) => {
      const { database, caller, now } = context;
      if (free && !isHost(caller))
        throw new LaurelProblem('forbidden', 'Only the host gives seats away: leave "free" out.');
      const course = await findCourse(database, reference, caller);
      const participantId = await callerOrNamed(context, participant);
      const there = await activeOrOnTheWay(context, course.id, participantId);
      if (there) return readEnrolment(database, there.id);
      const cohort = named === undefined ? null : await findCohort(database, course.id, named);
      return inTurn(context, course.id, async (transaction) => {
        const visit = { courseId: course.id, actor: actorOf(caller), now };
        const id = await atDesk(services, transaction.database, visit, async (desk) => {
          await assertOpen(desk, desk.course, cohort, isHost(caller));
          return enrol(desk, { participantId, cohort, timeZone, free: free ?? false });
        });
        return readEnrolment(transaction.database, id);
      });
    },

    list: async ({ course: inCourse, participant, cohort: inCohort, state, limit, cursor }, context) => {
      const { database, caller } = context;
      const whose = isHost(caller) && participant === undefined ? null : await callerOrNamed(context, participant);
      const course = inCourse === undefined ? null : await findCourse(database, inCourse, caller);
      if (inCohort !== undefined && !course) {
        throw new LaurelProblem('cohort_not_found', 'Name the course of the cohort, too: "course".');
      }
      const cohort = inCohort === undefined || !course ? null : await findCohort(database, course.id, inCohort);
      const filter = {
        ...{ participantId: whose, courseId: course?.id ?? null, cohortId: cohort?.id ?? null, state: state ?? null },
        before: cursor === undefined ? null : readCursor(cursor, ['id'])[0],
      };
      const rows = await readEnrolments(database, filter, limit + 1);
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
    },

    get: async ({ enrolment }, context) =>
      readEnrolment(context.database, (await findEnrolment(context, enrolment)).id),

    cancel: async ({ enrolment, reason, from }, context) =>
      change(context, enrolment, (desk) => leave(desk, enrolment, { from: from ?? null, reason: reason ?? null })),

    move: async ({ enrolment, cohort: named }, context) => {
      const { course_id: courseId } = await findEnrolment(context, enrolment);
      const cohort = named === null ? null : await findCohort(context.database, courseId, named);
      return change(context, enrolment, (desk) => moveTo(desk, enrolment, cohort?.id ?? null));
    },

    paid: async ({ enrolment, reference }, context) =>
      change(context, enrolment, (desk) => markPaid(desk, enrolment, reference)),

    checkout: async (input, context) => checkout(services, input, context),
  };
}

type InTurnOf = <Result>(
  context: Context,
  courseId: string,
  work: (transaction: TransactionContext) => Promise<Result>,
) => Promise<Result>;

/** The enrolment of somebody who has not left. */
async function activeOrOnTheWay(
  { database }: Context,
  courseId: string,
  participantId: string,
): Promise<Pick<Row<'enrolment'>, 'id'> | undefined> {
  return database.kysely
    .selectFrom('enrolment')
    .select('id')
    .where('course_id', '=', courseId)
    .where('participant_id', '=', participantId)
    .where('state', '<>', 'cancelled')
    .executeTakeFirst();
}
