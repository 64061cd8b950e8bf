import { type LearnerRow, learnerColumns } from '../curriculum/learner.ts';
import { arrayText } from '../db/array-text.ts';
import type { CourseState } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import { asId, participantIdOf } from '../db/references.ts';
import type { ProgressInput } from './input.ts';

/** What a call refers to. Its enrolment's row, where there is one and nobody else holds it, is locked. */
export type Resolved = {
  at: Date;
  found_course: CourseState | null;
  found_participant: string | null;
  /** `true` where the enrolment is there, but another transaction holds it. */
  held: true | null;
} & (LearnerRow | { [Name in keyof LearnerRow]: null });

/**
 * What is done about an enrolment that another transaction holds: `wait` for it, or `pass` it by. Who passes by waits for nothing
 * else for long either, such as the row of a learning day: others are in the same transaction.
 */
export type Manners = 'wait' | 'pass';

const shortWait = `where (select set_config('lock_timeout', '250ms', true)) is not null`;

/** Parameters: arrays `$1…$4` (course, course id, participant, participant id), `$5` the instant or null for the database's. */
const statement = (schema: string, manners: Manners) => `with
input as (
  select * from unnest((select $1::text[]), (select $2::uuid[]), (select $3::text[]), (select $4::uuid[]))
    with ordinality each(course, course_id, participant, participant_id, ord)
  ${manners === 'pass' ? shortWait : ''}
),
known_course as (
  select asked.course, found.id, found.state from (select distinct course, course_id from input) asked
  cross join lateral (select id, state from ${schema}.course where slug = asked.course or course.id = asked.course_id limit 1) found
),
resolved as materialized (
  select input.ord, known_course.id as course_id, known_course.state, who.participant_id
  from input
  left join known_course on known_course.course = input.course
  cross join lateral (select ${participantIdOf(schema, 'input.participant', 'input.participant_id')} as participant_id offset 0) who
),
-- In the order of their ids: whoever locks several does.
locked as (
  select resolved.ord, enrolment.*
  from resolved
  join ${schema}.enrolment on enrolment.course_id = resolved.course_id and enrolment.participant_id = resolved.participant_id
  order by enrolment.id
  for no key update of enrolment ${manners === 'pass' ? 'skip locked' : ''}
)
select coalesce($5::timestamptz, now()) as at, resolved.state as found_course, resolved.participant_id as found_participant,
  case when enrolment.id is null then (
    select true from ${schema}.enrolment there
    where there.course_id = resolved.course_id and there.participant_id = resolved.participant_id
  ) end as held, ${learnerColumns}
from resolved
left join locked enrolment on enrolment.ord = resolved.ord
left join ${schema}.course on course.id = enrolment.course_id
left join ${schema}.course_cohort on course_cohort.id = enrolment.cohort_id
order by resolved.ord`;

/** Finds what calls refer to, in their order, and locks the enrolments. */
export function resolve(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  items: readonly ProgressInput[],
  manners: Manners,
): Promise<Resolved[]> {
  return query<Resolved>(
    statement(schema, manners),
    [
      arrayText(items.map(({ course }) => course)),
      arrayText(items.map(({ course }) => asId(course))),
      arrayText(items.map(({ participant }) => participant)),
      arrayText(items.map(({ participant }) => asId(participant))),
      items[0]?.now ?? null,
    ],
    'laurel_progress_resolve',
  );
}
