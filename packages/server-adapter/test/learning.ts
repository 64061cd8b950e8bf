import { randomUUID } from 'node:crypto';
import { CourseNode } from '@laurelkit/sdk/contract';
import { curriculumOf } from '../src/curriculum/curriculum.ts';
import { weigh } from '../src/curriculum/weigh.ts';
import type { CourseNode as Node } from '../src/db/course-tables.ts';
import type { TestLaurel } from '../src/testing.ts';
import { sql } from './support.ts';

/** A lesson, defaults filled in. */
export const lesson = (id: string, parent: string | null = null, more: Record<string, unknown> = {}): Node =>
  CourseNode.parse({ id, parent, type: 'lesson', title: id, ...more });

/** A unit, defaults filled in. */
export const unit = (id: string, parent: string | null = null, more: Record<string, unknown> = {}): Node =>
  CourseNode.parse({ id, parent, type: 'unit', title: id, ...more });

/** What a lesson is that is done once it was opened. */
export const onSight = { done: { kind: 'viewed' } };

/** A video of so many seconds. */
export const video = (seconds: number, more: Record<string, unknown> = {}) => ({
  kind: 'video',
  video: { provider: 'file', url: 'https://media.example/lesson.mp4', lengthMs: seconds * 1000, ...more },
});

/** A published course. */
export interface SeededCourse {
  id: string;
  slug: string;
  nodes: readonly Node[];
}

/** Writes a published course of one version. */
export async function seedCourse(
  laurel: Pick<TestLaurel, 'schema'>,
  nodes: readonly Node[],
  { slug = `course-${randomUUID().slice(0, 8)}`, sequential = false, program = null as string | null } = {},
): Promise<SeededCourse> {
  const id = randomUUID();
  await sql(
    laurel,
    `insert into $schema.course (id, slug, name, language, time_zone, drip_zone, sequential, access, waiting_list, listed, state, version, program_id)
     values ($1, $2, $2, 'en', 'UTC', 'course', $3, 'open', true, true, 'published', 1, (select id from $schema.program where slug = $4))`,
    [id, slug, sequential, program],
  );
  await seedVersion(laurel, { id, slug, nodes }, 1, nodes, sequential);
  return { id, slug, nodes };
}

/** Writes a further version of a course. */
export const seedVersion = (
  laurel: Pick<TestLaurel, 'schema'>,
  { id }: SeededCourse,
  version: number,
  nodes: readonly Node[],
  sequential = false,
) =>
  sql(
    laurel,
    `insert into $schema.course_version (course_id, version, nodes, sequential, lessons, actor) values ($1, $2, $3, $4, $5, 'secret:test')`,
    [id, version, JSON.stringify(nodes), sequential, nodes.filter(({ type }) => type === 'lesson').length],
  );

/** Writes a cohort of a course. */
export async function seedCohort(laurel: Pick<TestLaurel, 'schema'>, { id }: SeededCourse, slug: string) {
  const cohort = randomUUID();
  await sql(laurel, `insert into $schema.course_cohort (id, course_id, slug, name) values ($1, $2, $3, $3)`, [
    cohort,
    id,
    slug,
  ]);
  return cohort;
}

/** Enrols participants, by their names; answers the id of each enrolment. */
export async function seedEnrolments(
  laurel: Pick<TestLaurel, 'schema'>,
  { id, nodes }: SeededCourse,
  names: readonly string[],
  { cohort = null as string | null, since = new Date(Date.now() - 30 * 86_400_000) } = {},
): Promise<string[]> {
  const { total } = weigh(curriculumOf({ courseId: id, version: 1, sequential: false, nodes }), cohort);
  const rows = await sql<{ id: string; name: string }>(
    laurel,
    `with people as (
       insert into $schema.participant (id, external_id) select gen_random_uuid(), name from unnest($2::text[]) name
       on conflict (external_id) do update set external_id = excluded.external_id returning id, external_id
     )
     insert into $schema.enrolment (id, course_id, participant_id, cohort_id, state, version, versions, time_zone, total, enrolled_at)
     select gen_random_uuid(), $1, id, (select id from $schema.course_cohort where course_id = $1 and slug = $3), 'active', 1, '{1}', 'UTC', $4, $5
     from people returning id, (select external_id from people where people.id = participant_id) as name`,
    [id, names, cohort, total, since],
  );
  return names.map((name) => rows.find((row) => row.name === name)?.id ?? '');
}

/** A progress event. */
export const happening = (of: string, kind: string, more: Record<string, unknown> = {}) =>
  ({
    id: randomUUID(),
    lesson: of,
    kind,
    occurredAt: new Date(Date.now() - 1000).toISOString(),
    timeZone: 'UTC',
    ...more,
  }) as never;
