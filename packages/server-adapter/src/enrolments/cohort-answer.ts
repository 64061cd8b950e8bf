import type { Cohort } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { writeCursor } from '../http/cursor.ts';

/**
 * Parameters: course, instant or null, whether the host asks, who alone is told how many learn. Those that have not begun come first, the next one before the others; then those
 * without a beginning, then those that began, the latest first.
 */
const select = (schema: string) => `
select * from (
  select cohort.*, course.slug as course,
    case when cohort.starts_at > moment.at then 0 when cohort.starts_at is null then 1 else 2 end as stage,
    coalesce(floor(extract(epoch from cohort.starts_at) * 1000)::bigint * case when cohort.starts_at > moment.at then 1 else -1 end, 0) as place,
    case when $3::boolean then (
      select count(*)::int from ${schema}.enrolment
      where enrolment.course_id = cohort.course_id and enrolment.cohort_id = cohort.id and state = 'active'
    ) end as learners
  from ${schema}.course_cohort cohort
  join ${schema}.course on course.id = cohort.course_id
  cross join lateral (select coalesce($2::timestamptz, now()) as at) moment
  where cohort.course_id = $1
) cohort`;

type CohortRow = Row<'course_cohort'> & {
  course: string;
  stage: number;
  place: string | number;
  learners: number | null;
};

const answer = (row: CohortRow): z.output<typeof Cohort> => ({
  id: row.id,
  course: row.course,
  slug: row.slug,
  name: row.name,
  startsAt: row.starts_at?.toISOString() ?? null,
  endsAt: row.ends_at?.toISOString() ?? null,
  opensAt: row.opens_at?.toISOString() ?? null,
  closesAt: row.closes_at?.toISOString() ?? null,
  seats: row.seats,
  seatsLeft: row.seats === null ? null : Math.max(0, row.seats - row.seats_taken),
  learners: row.learners,
  createdAt: row.created_at.toISOString(),
});

/** One cohort as the host is told of it. */
export async function readCohort({ query, schema }: Database, courseId: string, id: string, now: Date | null) {
  const [row] = await query<CohortRow>(`${select(schema)} where id = $4`, [courseId, now, true, id]);
  if (!row) throw new Error(`the course ${courseId} has no cohort ${id}`);
  return answer(row);
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
     where $4::bigint is null or (stage::bigint, place::bigint, id) > ($4::bigint, $5::bigint, $6::uuid)
     order by stage, place, id limit $7`,
    [courseId, now, forHost, ...(after ?? [null, null, null]), limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(answer),
    nextCursor: rows.length > limit && last ? writeCursor([last.stage, Number(last.place), last.id]) : null,
  };
}
