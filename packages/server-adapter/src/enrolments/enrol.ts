import { uuidv7 } from 'uuidv7';
import type { CourseRow } from '../curriculum/find-course.ts';
import { latestZone } from '../curriculum/learner.ts';
import { repin } from '../curriculum/repin.ts';
import type { EnrolmentState } from '../db/course-tables.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import type { Desk } from './desk.ts';
import { advanceLine } from './line.ts';
import { totalOf } from './transitions.ts';

/** How long a seat is kept for whoever has to pay for it. */
const keptFor = '30 minutes';

/** Somebody who wants into a course. */
export interface Newcomer {
  participantId: string;
  cohort: Row<'course_cohort'> | null;
  /** Where they learnt last unless told, else the course's. */
  timeZone: string | undefined;
  /** The host asks nothing for the seat. */
  free: boolean;
}

/**
 * Parameters: id, course, participant, cohort, state, how long the seat is kept, price, currency, version, total, time zone or
 * null, instant or null, state before, actor. No row when they are in already. Who comes back keeps what they had; one who has
 * never learnt here begins.
 */
const enter = (schema: string) => `
with given as (
  insert into ${schema}.enrolment as mine (id, course_id, participant_id, cohort_id, state, waiting_since, pay_by, price_minor,
    currency, version, versions, total, time_zone, enrolled_at, created_at, updated_at)
  select $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::text,
    case when $5::text = 'waiting' then nextval('${schema}.enrolment_line') end,
    case when $5::text = 'unpaid' then at + $6::text::interval end, $7::bigint, $8::text, $9::int,
    case when $5::text = 'active' then array[$9::int] else '{}' end, $10::bigint,
    coalesce($11::text, ${latestZone(schema, '$3::uuid')}, (select time_zone from ${schema}.course where id = $2::uuid)), at, at, at
  from (select coalesce($12::timestamptz, now()) as at) moment
  on conflict on constraint enrolment_once do update set
    state = excluded.state, waiting_since = excluded.waiting_since, pay_by = excluded.pay_by,
    price_minor = excluded.price_minor, currency = excluded.currency, time_zone = excluded.time_zone,
    cohort_id = case when cardinality(mine.versions) = 0 then excluded.cohort_id else mine.cohort_id end,
    version = case when cardinality(mine.versions) = 0 then excluded.version else mine.version end,
    versions = case when cardinality(mine.versions) = 0 then excluded.versions else mine.versions end,
    total = case when cardinality(mine.versions) = 0 then excluded.total else mine.total end,
    enrolled_at = case when cardinality(mine.versions) = 0 then excluded.enrolled_at else mine.enrolled_at end,
    seq = mine.seq + 1, updated_at = excluded.updated_at
  where mine.state = 'cancelled'
  returning id, state, version, cohort_id, updated_at
),
written as (
  insert into ${schema}.enrolment_step
    (enrolment_id, from_state, to_state, to_version, cohort_id, actor, created_at)
  select id, $13::text, state, version, cohort_id, $14::text, updated_at from given
)
select id, cohort_id from given`;

/**
 * Enrols somebody: with a seat where there is one, otherwise in the line. Answers the id of the enrolment, that which was
 * there when they are in already.
 * @throws LaurelProblem course_full
 */
export async function enrol(desk: Desk, newcomer: Newcomer): Promise<string> {
  const { database, course, actor, now, channel } = desk;
  const { query, schema } = database;
  const { participantId, cohort, timeZone, free } = newcomer;
  const before = await database.kysely
    .selectFrom('enrolment')
    .select(['id', 'state'])
    .where('course_id', '=', course.id)
    .where('participant_id', '=', participantId)
    .forUpdate()
    .executeTakeFirst();
  if (before && before.state !== 'cancelled') return before.id;

  // Who has waited goes first.
  const room = await advanceLine(desk);
  const hasSeat = room.has(cohort?.id ?? null);
  if (!hasSeat && !course.waiting_list) throw new LaurelProblem('course_full', 'All seats are taken.');
  const price = free || Number(course.price_minor ?? 0) === 0 ? null : course.price_minor;
  const state: EnrolmentState = !hasSeat ? 'waiting' : price === null ? 'active' : 'unpaid';
  const total = state === 'active' ? await totalOf(desk, cohort?.slug ?? null) : 0;
  const [row] = await query<{ id: string; cohort_id: string | null }>(enter(schema), [
    ...[uuidv7(), course.id, participantId, cohort?.id ?? null, state, keptFor],
    ...[price, price === null ? null : course.currency, course.version, total, timeZone ?? null, now],
    ...[before?.state ?? null, actor],
  ]);
  if (!row) return enrol(desk, newcomer);
  if (row.cohort_id !== (cohort?.id ?? null)) {
    await repin(database, {
      ...{ enrolments: [row.id], cohortId: cohort?.id ?? null, reason: 'enrolled again' },
      ...{ actor, now, channel },
    });
  }
  const subject = { enrolment: row.id, course: course.id, participant: participantId };
  desk.tell(participantId, [
    ['enrolment.created', { ...subject, state }],
    ...(state === 'active' ? [['enrolment.activated', subject] as const] : []),
  ]);
  return row.id;
}

/** Parameters: instant or null, end of the course, of the cohort, and when one may enrol in it. */
const isOpenStatement = `
select coalesce($2::timestamptz > at, true) and coalesce($3::timestamptz > at, true)
  and coalesce($4::timestamptz <= at, true) and coalesce($5::timestamptz > at, true) as open
from (select coalesce($1::timestamptz, now()) as at) moment`;

/**
 * Refuses whoever may not enrol now. The host may at any time, as long as the course takes anybody.
 * @throws LaurelProblem course_not_published, enrolment_closed
 */
export async function assertOpen(
  { database, now }: Pick<Desk, 'database' | 'now'>,
  course: Pick<CourseRow, 'state' | 'access' | 'ends_at'>,
  cohort: Row<'course_cohort'> | null,
  byHost: boolean,
): Promise<void> {
  if (course.state === 'draft') throw new LaurelProblem('course_not_published', 'Publish the course first.');
  if (course.state === 'archived') throw new LaurelProblem('enrolment_closed', 'The course takes nobody in any more.');
  if (byHost) return;
  if (course.access === 'invited') throw new LaurelProblem('enrolment_closed', 'Only the host enrols in this course.');
  const values = [now, course.ends_at, cohort?.ends_at ?? null, cohort?.opens_at ?? null, cohort?.closes_at ?? null];
  const [row] = await database.query<{ open: boolean }>(isOpenStatement, values);
  if (!row?.open) throw new LaurelProblem('enrolment_closed', 'Nobody can enrol now: it is too early or too late.');
}
