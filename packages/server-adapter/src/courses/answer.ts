import type { contract, Output } from '@laurelkit/sdk/contract';
import type { CourseRow } from '../curriculum/find-course.ts';
import type { Database } from '../db/database.ts';

type CourseAnswer = Output<typeof contract.courses.get>;

const takenSql = (schema: string) => `
select course_id as id, count(*)::int as taken from ${schema}.enrolment
where course_id = any($1::uuid[]) and state in ('active', 'unpaid') group by course_id`;

/** Courses as everybody may see them. Who is learning and who keeps an unpaid seat holds one. */
export async function courseAnswers(database: Database, rows: readonly CourseRow[]): Promise<CourseAnswer[]> {
  const limited = rows.filter(({ seats }) => seats !== null).map(({ id }) => id);
  const counts =
    limited.length === 0
      ? []
      : await database.query<{ id: string; taken: number }>(takenSql(database.schema), [limited]);
  const taken = new Map(counts.map(({ id, taken }) => [id, taken]));
  return rows.map((row) => answer(row, taken.get(row.id) ?? 0));
}

/** One of them. */
export async function courseAnswer(database: Database, row: CourseRow): Promise<CourseAnswer> {
  const [only] = await courseAnswers(database, [row]);
  return only as CourseAnswer;
}

const answer = (row: CourseRow, taken: number): CourseAnswer => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  language: row.language,
  tags: row.tags,
  imageUrl: row.image_url,
  timeZone: row.time_zone,
  dripZone: row.drip_zone,
  sequential: row.sequential,
  startsAt: row.starts_at?.toISOString() ?? null,
  endsAt: row.ends_at?.toISOString() ?? null,
  access: row.access,
  price: row.price_minor === null ? null : { minor: Number(row.price_minor), currency: row.currency ?? '' },
  seats: row.seats,
  seatsLeft: row.seats === null ? null : Math.max(0, row.seats - taken),
  waitingList: row.waiting_list,
  listed: row.listed,
  program: row.program,
  state: row.state,
  version: row.version,
  lessons: row.lessons,
  minutes: row.minutes,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});
