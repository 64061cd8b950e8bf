import { randomUUID } from 'node:crypto';
import { CourseNode } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { TestLaurel } from '../src/testing.ts';
import { sql } from './support.ts';

export type NodeInput = z.input<typeof CourseNode>;

/** A node with defaults filled in. */
export const nodeOf = (node: NodeInput): z.output<typeof CourseNode> => CourseNode.parse(node);

/** What a staged course may be told. */
export interface StagedCourse {
  sequential?: boolean;
  timeZone?: string;
  startsAt?: string;
  /** Versions; none: it is a draft of no nodes. */
  versions?: NodeInput[][];
  draft?: NodeInput[];
}

/** Puts a course with its versions into the tables. Answers its id. */
export async function stageCourse(
  laurel: Pick<TestLaurel, 'schema'>,
  slug: string,
  { sequential = false, timeZone = 'UTC', startsAt, versions = [], draft = [] }: StagedCourse,
): Promise<string> {
  const id = randomUUID();
  const written = (nodes: NodeInput[]) => JSON.stringify(nodes.map(nodeOf));
  await sql(
    laurel,
    `insert into $schema.course (id, slug, name, description, language, time_zone, drip_zone, sequential, starts_at, access,
       waiting_list, listed, state, version, draft)
     values ($1, $2, 'The course', 'About it.', 'en', $3, 'course', $4, $5, 'open', true, true, $6, $7, $8::text::jsonb)`,
    [
      ...[id, slug, timeZone, sequential, startsAt ?? null, versions.length > 0 ? 'published' : 'draft'],
      ...[versions.length > 0 ? versions.length : null, written(draft)],
    ],
  );
  for (const [index, nodes] of versions.entries()) {
    await sql(
      laurel,
      `insert into $schema.course_version (course_id, version, nodes, sequential, lessons, actor)
       values ($1, $2, $3::text::jsonb, $4, $5, 'test')`,
      [id, index + 1, written(nodes), sequential, nodes.length],
    );
  }
  return id;
}

/** What a staged enrolment may be told. */
export interface StagedEnrolment {
  state?: 'waiting' | 'unpaid' | 'active' | 'cancelled';
  version?: number;
  cohort?: string;
  earned?: number;
  total?: number;
  enrolledAt?: string;
}

/** Enrols a participant, in a cohort that is made for it where one is named. Answers the enrolment's id. */
export async function stageEnrolment(
  laurel: Pick<TestLaurel, 'schema'>,
  courseId: string,
  participant: string,
  given: StagedEnrolment = {},
): Promise<string> {
  const { state = 'active', version = 1, cohort, earned = 0, total = 0, enrolledAt } = given;
  const id = randomUUID();
  if (cohort !== undefined) {
    await sql(
      laurel,
      `insert into $schema.course_cohort (id, course_id, slug, name) values ($1, $2, $3, $3) on conflict do nothing`,
      [randomUUID(), courseId, cohort],
    );
  }
  await sql(
    laurel,
    `insert into $schema.enrolment (id, course_id, participant_id, cohort_id, state, version, versions, time_zone, earned,
       total, enrolled_at)
     select $1, $2::uuid, participant.id, (select id from $schema.course_cohort where course_id = $2::uuid and slug = $4),
       $5, $6::int, array[$6::int], 'UTC', $7, $8, coalesce($9::timestamptz, now())
     from $schema.participant where external_id = $3`,
    [id, courseId, participant, cohort ?? null, state, version, earned, total, enrolledAt ?? null],
  );
  return id;
}

/** Writes what is known of an enrolment in a lesson. Columns as they are in the table. */
export async function stageLesson(
  laurel: Pick<TestLaurel, 'schema'>,
  enrolmentId: string,
  lesson: string,
  columns: Record<string, unknown> = {},
): Promise<void> {
  const all = { first_at: new Date(), last_at: new Date(), ...columns };
  const names = Object.keys(all);
  await sql(
    laurel,
    `insert into $schema.lesson_state (enrolment_id, lesson, ${names.join(', ')})
     values ($1, $2, ${names.map((_, index) => `$${index + 3}`).join(', ')})`,
    [enrolmentId, lesson, ...Object.values(all)],
  );
}
