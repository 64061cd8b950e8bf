import type { contract, Output } from '@laurelkit/sdk/contract';
import { type CourseRow, findCourse } from '../curriculum/find-course.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';

/** A version without its nodes. */
export interface VersionRow {
  version: number;
  note: string | null;
  lessons: number;
  published_at: Date;
}

type VersionAnswer = Output<typeof contract.courses.publish>;

const learnersSql = (schema: string) => `
select version, count(*)::int as learners from ${schema}.enrolment
where course_id = $1 and state = 'active' and version = any($2::int[]) group by version`;

/** Versions with how many learn by each. */
async function versionAnswers(
  { query, schema }: Database,
  { id, slug }: Pick<CourseRow, 'id' | 'slug'>,
  rows: readonly VersionRow[],
): Promise<VersionAnswer[]> {
  const counted = await query<{ version: number; learners: number }>(learnersSql(schema), [
    id,
    rows.map(({ version }) => version),
  ]);
  const learners = new Map(counted.map((each) => [each.version, each.learners]));
  return rows.map(({ version, note, lessons, published_at }) => ({
    ...{ course: slug, version, note, lessons },
    learners: learners.get(version) ?? 0,
    publishedAt: published_at.toISOString(),
  }));
}

/** One of them. */
export async function versionAnswer(
  database: Database,
  course: Pick<CourseRow, 'id' | 'slug'>,
  row: VersionRow,
): Promise<VersionAnswer> {
  const [only] = await versionAnswers(database, course, [row]);
  return only as VersionAnswer;
}

const pageSql = (schema: string) => `
select version, note, lessons, published_at from ${schema}.course_version
where course_id = $1 and ($2::bigint is null or version < $2::bigint) order by version desc limit $3`;

const oneSql = (schema: string) => `
select version, note, lessons, published_at, nodes from ${schema}.course_version where course_id = $1 and version = $2`;

/** What was published, as it was. */
export const versions: Pick<Handlers<'courses'>, 'versions' | 'version'> = {
  versions: async ({ course: reference, limit, cursor }, { database, caller }) => {
    const course = await findCourse(database, reference, caller);
    const [before] = cursor === undefined ? [null] : readCursor(cursor, ['integer']);
    const found = await database.query<VersionRow>(pageSql(database.schema), [course.id, before, limit + 1]);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return {
      items: await versionAnswers(database, course, rows),
      nextCursor: last && found.length > limit ? writeCursor([last.version]) : null,
    };
  },

  version: async ({ course: reference, version }, { database, caller }) => {
    const course = await findCourse(database, reference, caller);
    const [row] = await database.query<VersionRow & { nodes: CourseNode[] }>(oneSql(database.schema), [
      course.id,
      version,
    ]);
    if (!row) throw new LaurelProblem('version_not_found', `"${course.slug}" has no version ${version}.`);
    return { ...(await versionAnswer(database, course, row)), nodes: row.nodes };
  },
};
