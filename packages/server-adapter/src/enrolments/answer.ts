import type { Enrolment } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { percentOf } from '../curriculum/weigh.ts';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

/**
 * Those before in the line are the ones who want the same seats: of the course where its seats are limited, else of the
 * cohort.
 */
const select = (schema: string, where: string) => `
select enrolment.*, course.slug as course, cohort.slug as cohort, line.position
from ${schema}.enrolment
join ${schema}.course on course.id = enrolment.course_id
left join ${schema}.course_cohort cohort on cohort.id = enrolment.cohort_id
left join lateral (
  select count(*)::int as position from ${schema}.enrolment other
  where enrolment.state = 'waiting' and other.course_id = enrolment.course_id and other.state = 'waiting'
    and other.waiting_since <= enrolment.waiting_since
    and (course.seats is not null or other.cohort_id is not distinct from enrolment.cohort_id)
) line on true
where ${where}`;

type AnswerRow = Row<'enrolment'> & { course: string; cohort: string | null; position: number };

const answer = (row: AnswerRow): z.output<typeof Enrolment> => ({
  id: row.id,
  course: row.course,
  participant: row.participant_id,
  cohort: row.cohort,
  state: row.state,
  position: row.state === 'waiting' ? row.position : null,
  price:
    row.state === 'unpaid' && row.currency !== null ? { minor: Number(row.price_minor), currency: row.currency } : null,
  payBy: row.state === 'unpaid' ? (row.pay_by?.toISOString() ?? null) : null,
  version: row.version,
  timeZone: row.time_zone,
  percent: percentOf(Number(row.earned), Number(row.total)),
  completedAt: row.completed_at?.toISOString() ?? null,
  enrolledAt: row.enrolled_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

/** What narrows a list of enrolments down; what is `null` does not. */
export interface Filter {
  participantId: string | null;
  courseId: string | null;
  cohortId: string | null;
  state: string | null;
  /** The last id of the page before: newer ones come first. */
  before: string | null;
}

const filters = `($1::uuid is null or enrolment.participant_id = $1) and ($2::uuid is null or enrolment.course_id = $2)
  and ($3::uuid is null or enrolment.cohort_id = $3) and ($4::text is null or enrolment.state = $4)
  and ($5::uuid is null or enrolment.id < $5)
order by enrolment.id desc limit $6`;

/** Enrolments as the wire tells of them, the newest first. */
export async function readEnrolments({ query, schema }: Database, filter: Filter, limit: number) {
  const { participantId, courseId, cohortId, state, before } = filter;
  const values = [participantId, courseId, cohortId, state, before, limit];
  return (await query<AnswerRow>(select(schema, filters), values)).map(answer);
}

/**
 * One enrolment as the wire tells of it.
 * @throws LaurelProblem enrolment_not_found
 */
export async function readEnrolment({ query, schema }: Database, id: string) {
  const [row] = await query<AnswerRow>(select(schema, 'enrolment.id = $1'), [id]);
  if (!row) throw new LaurelProblem('enrolment_not_found', 'There is no such enrolment.');
  return answer(row);
}
