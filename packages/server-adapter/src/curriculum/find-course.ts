import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { asId, findParticipant, type Row } from '../db/references.ts';
import { type Caller, isHost } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';

/** A course without what grows large: its draft (see `readDraft`) and the words of the search. */
export type CourseRow = Pick<Row<'course'>, (typeof courseColumns)[number]> & { program: string | null };
export type EnrolmentRow = Row<'enrolment'> & { cohort: string | null; cohort_starts_at: Date | null };

const courseColumns = [
  ...(['id', 'slug', 'name', 'description', 'language', 'tags', 'image_url', 'time_zone', 'drip_zone'] as const),
  ...(['sequential', 'starts_at', 'ends_at', 'access', 'price_minor', 'currency', 'seats'] as const),
  ...(['seats_taken', 'waiting_list'] as const),
  ...(['listed', 'program_id', 'state', 'version', 'lessons', 'minutes', 'created_at', 'updated_at'] as const),
] as const;

/** All courses as rows of `CourseRow`. */
export const selectCourses = (database: Database) =>
  database.kysely
    .selectFrom('course')
    .leftJoin('program', 'program.id', 'course.program_id')
    .select(courseColumns.map((column) => `course.${column}` as const))
    .select('program.slug as program');

/**
 * Finds a course by slug or id. Drafts are there for the host only.
 * @throws LaurelProblem course_not_found
 */
export async function findCourse(database: Database, reference: string, caller: Caller): Promise<CourseRow> {
  const id = asId(reference);
  const row = await selectCourses(database)
    .where((where) => where.or([where('course.slug', '=', reference), ...(id ? [where('course.id', '=', id)] : [])]))
    .executeTakeFirst();
  if (!row || (row.state === 'draft' && !isHost(caller))) {
    throw new LaurelProblem('course_not_found', `There is no course "${reference}".`);
  }
  return row;
}

/**
 * Finds a cohort of a course by slug or id.
 * @throws LaurelProblem cohort_not_found
 */
export async function findCohort(
  database: Database,
  courseId: string,
  reference: string,
): Promise<Row<'course_cohort'>> {
  const id = asId(reference);
  const row = await database.kysely
    .selectFrom('course_cohort')
    .selectAll()
    .where('course_id', '=', courseId)
    .where((where) => where.or([where('slug', '=', reference), ...(id ? [where('id', '=', id)] : [])]))
    .executeTakeFirst();
  if (!row) throw new LaurelProblem('cohort_not_found', `The course has no cohort "${reference}".`);
  return row;
}

/** All enrolments as rows of `EnrolmentRow`. */
export const selectEnrolments = (database: Database) =>
  database.kysely
    .selectFrom('enrolment')
    .leftJoin('course_cohort', 'course_cohort.id', 'enrolment.cohort_id')
    .selectAll('enrolment')
    .select(['course_cohort.slug as cohort', 'course_cohort.starts_at as cohort_starts_at']);

/** The enrolment of somebody in a course, whatever its state. */
export const enrolmentOf = (database: Database, courseId: string, participantId: string) =>
  selectEnrolments(database)
    .where('enrolment.course_id', '=', courseId)
    .where('enrolment.participant_id', '=', participantId)
    .executeTakeFirst() as Promise<EnrolmentRow | undefined>;

/**
 * Who learns: the participant who asks, or whom the host names.
 * @throws LaurelProblem participant_not_found (also for a host who names nobody), forbidden (a participant named another)
 */
export async function learnerIdOf({ caller, database }: Context, named: string | undefined): Promise<string> {
  if (caller.kind === 'participant') {
    const isOwn = named === undefined || (await findParticipant(database, named).catch(() => null))?.id === caller.id;
    if (isOwn) return caller.id;
    throw new LaurelProblem('forbidden', 'A participant acts for themself: leave "participant" out.');
  }
  if (named !== undefined) return (await findParticipant(database, named)).id;
  throw new LaurelProblem('participant_not_found', 'Say whose it is: "participant".');
}

/**
 * The active enrolment of somebody.
 * @throws LaurelProblem not_enrolled
 */
export async function findActive(database: Database, course: CourseRow, participantId: string): Promise<EnrolmentRow> {
  const row = await enrolmentOf(database, course.id, participantId);
  if (row?.state === 'active') return row;
  const why = row
    ? { waiting: 'waits for a seat', unpaid: 'has not paid yet', cancelled: 'has left' }[row.state]
    : null;
  throw new LaurelProblem(
    'not_enrolled',
    why ? `The participant ${why}.` : 'The participant is not enrolled. Enrol first.',
  );
}

/** Whose clock the course's local times go by. */
export const zoneOf = (course: Pick<CourseRow, 'drip_zone' | 'time_zone'>, { time_zone }: { time_zone: string }) =>
  course.drip_zone === 'course' ? course.time_zone : time_zone;

/** When learning starts for somebody: with their cohort, else with the course. */
export const startOf = (
  course: Pick<CourseRow, 'starts_at'>,
  enrolment: Pick<EnrolmentRow, 'cohort' | 'cohort_starts_at'>,
) => (enrolment.cohort === null ? course.starts_at : (enrolment.cohort_starts_at ?? course.starts_at));
