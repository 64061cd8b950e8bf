import type { Cohort } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { writeCursor } from '../http/cursor.ts';

/**
 * Parameters: course, instant or null. Those that have not begun come first, the next one before the others; then those
 * without a beginning, then those that began, the latest first.
 */
const select = (schema: string) => `
select * from (
  select cohort.*, course.slug as course,
    case when cohort.starts_at > moment.at then 0 when cohort.starts_at is null then 1 else 2 end as stage,
    coalesce(floor(extract(epoch from cohort.starts_at) * 1000)::bigint * case when cohort.starts_at > moment.at then 1 else -1 end, 0) as place,
    seat.taken, seat.learners
  from ${schema}.course_cohort cohort
  join ${schema}.course on course.id = cohort.course_id
  cross join lateral (select coalesce($2::timestamptz, now()) as at) moment
  cross join lateral (
    select count(*)::int as taken, (count(*) filter (where state = 'active'))::int as learners from ${schema}.enrolment
    where enrolment.course_id = cohort.course_id and enrolment.cohort_id = cohort.id and state in ('unpaid', 'active')
  ) seat
  where cohort.course_id = $1
) cohort`;

type CohortRow = Row<'course_cohort'> & {
  course: string;
  stage: number;
  place: string | number;
  taken: number;
  learners: number;
};

const answer = (row: CohortRow, forHost: boolean): z.output<typeof Cohort> => ({
  id: row.id,
  course: row.course,
  slug: row.slug,
  name: row.name,
  startsAt: row.starts_at?.toISOString() ?? null,
  endsAt: row.ends_at?.toISOString() ?? null,
  opensAt: row.opens_at?.toISOString() ?? null,
  closesAt: row.closes_at?.toISOString() ?? null,
  seats: row.seats,
  seatsLeft: row.seats === null ? null : Math.max(0, row.seats - row.taken),
  learners: forHost ? row.learners : null,
  createdAt: row.created_at.toISOString(),
});

/** One cohort as the host is told of it. */
export async function readCohort({ query, schema }: Database, courseId: string, id: string, now: Date | null) {
  const [row] = await query<CohortRow>(`${select(schema)} where id = $3`, [courseId, now, id]);
  if (!row) throw new Error(`the course ${courseId} has no cohort ${id}`);
  return answer(row, true);
}

/** Where a page of cohorts begins: after what is at this stage and place with this id. */
export type CohortPlace = readonly [stage: number, place: number, id: string];

/** A page of the cohorts of a course, the next to start first. */
export async function readCohorts(
  { query, schema }: Database,
  {
    courseId,
    now,
    after,
    limit,
    forHost,
  }: { courseId: string; now: Date | null; after: CohortPlace | null } & {
    limit: number;
    forHost: boolean;
  },
) {
  const rows = await query<CohortRow>(
    `${select(schema)}
     where $3::bigint is null or (stage::bigint, place::bigint, id) > ($3::bigint, $4::bigint, $5::uuid)
     order by stage, place, id limit $6`,
    [courseId, now, ...(after ?? [null, null, null]), limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => answer(row, forHost)),
    nextCursor: rows.length > limit && last ? writeCursor([last.stage, Number(last.place), last.id]) : null,
  };
}
