import { randomUUID } from 'node:crypto';
import { CourseNode } from '@laurelkit/sdk/contract';
import * as z from 'zod/mini';
import type { TestLaurel } from '../src/testing.ts';
import { sql } from './support.ts';

/** A node of a course as an author writes it. */
export type NodeInput = z.input<typeof CourseNode>;

/** A lesson that is a page, or what `more` makes of it. */
export const lessonNode = (id: string, more: Partial<NodeInput> = {}): NodeInput => ({
  ...{ id, type: 'lesson', title: `Lesson ${id}` },
  ...more,
});

/** A published course with these versions, the first of which is 1. Answers its id. */
export async function courseRow(laurel: TestLaurel, slug: string, versions: NodeInput[][]): Promise<string> {
  const id = randomUUID();
  await sql(
    laurel,
    `insert into $schema.course (id, slug, name, language, time_zone, drip_zone, sequential, access, waiting_list, listed,
       state, version)
     values ($1, $2, $2, 'en', 'UTC', 'course', false, 'open', true, true, 'published', $3)`,
    [id, slug, versions.length],
  );
  for (const [index, nodes] of versions.entries()) {
    const filled = nodes.map((node) => z.parse(CourseNode, node));
    await sql(
      laurel,
      `insert into $schema.course_version (course_id, version, nodes, sequential, lessons, actor)
       values ($1, $2, $3::text::jsonb, false, $4, 'test')`,
      [id, index + 1, JSON.stringify(filled), nodes.length],
    );
  }
  return id;
}

/** A cohort of a course. Answers its id. */
export async function cohortRow(laurel: TestLaurel, courseId: string, slug: string): Promise<string> {
  const id = randomUUID();
  await sql(laurel, 'insert into $schema.course_cohort (id, course_id, slug, name) values ($1, $2, $3, $3)', [
    ...[id, courseId, slug],
  ]);
  return id;
}

/** What an enrolment is; all but the learner has a value unless told. */
export interface EnrolmentInput {
  /** The host's name of the learner. */
  participant: string;
  cohortId?: string | null;
  version?: number;
  state?: string;
  earned?: number;
  total?: number;
  lastLesson?: string | null;
  lastActiveAt?: string | null;
  completedAt?: string | null;
  suspect?: boolean;
}

/** An enrolment of a participant who exists. Answers its id. */
export async function enrolmentRow(laurel: TestLaurel, courseId: string, input: EnrolmentInput): Promise<string> {
  const id = randomUUID();
  await sql(
    laurel,
    `insert into $schema.enrolment (id, course_id, participant_id, cohort_id, state, version, versions, time_zone, earned,
       total, last_lesson, last_active_at, completed_at, suspect)
     select $1, $2, id, $4, $5, $6, array[$6::integer], 'UTC', $7, $8, $9, $10, $11, $12
     from $schema.participant where external_id = $3`,
    [
      ...[id, courseId, input.participant, input.cohortId ?? null, input.state ?? 'active', input.version ?? 1],
      ...[input.earned ?? 0, input.total ?? 100, input.lastLesson ?? null, input.lastActiveAt ?? null],
      ...[input.completedAt ?? null, input.suspect ?? false],
    ],
  );
  return id;
}

/** What is known of a learner in a lesson. `minutes`: so long from the first event to the end; without it, it is not done. */
export async function stateRow(
  laurel: TestLaurel,
  enrolmentId: string,
  lesson: string,
  { minutes, watched = '{}' }: { minutes?: number; watched?: string } = {},
): Promise<void> {
  await sql(
    laurel,
    `insert into $schema.lesson_state (enrolment_id, lesson, first_at, last_at, watched, completed_at)
     values ($1, $2, timestamptz '2026-03-01', timestamptz '2026-03-05', $3::text::int4multirange,
       timestamptz '2026-03-01' + $4::float8 * interval '1 minute')`,
    [enrolmentId, lesson, watched, minutes ?? null],
  );
}

/** An event that stretches of a video were played. */
export const watchedRow = (laurel: TestLaurel, enrolmentId: string, lesson: string, watched: string, suspect = false) =>
  sql(
    laurel,
    `insert into $schema.progress_event (enrolment_id, id, lesson, kind, occurred_at, received_at, time_zone, day, watched,
       suspect, actor)
     values ($1, $2, $3, 'watched', now(), now(), 'UTC', current_date, $4::text::int4multirange, $5, 'participant')`,
    [enrolmentId, randomUUID(), lesson, watched, suspect],
  );
