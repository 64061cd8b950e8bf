import { randomUUID } from 'node:crypto';
import type { Api } from '@laurelkit/sdk/contract';
import type { TestLaurel } from '../src/testing.ts';
import { sql } from './support.ts';

type Draft = Parameters<Api['courses']['saveDraft']>[0]['nodes'];
export type NodeInput = Draft[number];

export const unit = (id: string, fields: Partial<NodeInput> = {}): NodeInput => ({
  ...{ id, type: 'unit', title: `Unit ${id}` },
  ...fields,
});
export const lesson = (id: string, parent: string | null = null, fields: Partial<NodeInput> = {}): NodeInput => ({
  ...{ id, parent, type: 'lesson', title: `Lesson ${id}` },
  ...fields,
});

/** Two weeks of two lessons. */
export const twoWeeks: NodeInput[] = [
  unit('week-1', { label: 'Week', event: 'week-1' }),
  lesson('hello', 'week-1', { minutes: 10 }),
  lesson('tools', 'week-1', { minutes: 15 }),
  unit('week-2', { label: 'Week' }),
  lesson('chords', 'week-2', { minutes: 30 }),
  lesson('rhythm', 'week-2'),
];

/** A course of this curriculum whose first version is published. */
export async function publishedCourse(
  api: Pick<Api, 'courses'>,
  slug: string,
  nodes: NodeInput[] = twoWeeks,
  settings: Partial<Parameters<Api['courses']['create']>[0]> = {},
) {
  await api.courses.create({ slug, name: slug, ...settings });
  await republish(api, slug, nodes);
}

/** Saves another draft and publishes it. */
export async function republish(
  api: Pick<Api, 'courses'>,
  course: string,
  nodes: NodeInput[],
  learners: 'keep' | 'require' | 'credit' = 'keep',
) {
  const { revision } = await api.courses.draft({ course });
  const saved = await api.courses.saveDraft({ course, revision, nodes });
  return api.courses.publish({ course, revision: saved.revision, learners });
}

/** Somebody who learns by the version that is published now and has done these lessons, each of which counts one unit. */
export async function enrolled(
  laurel: TestLaurel,
  course: string,
  participant: string,
  done: readonly string[] = [],
  { state = 'active', cohort = null as string | null, total = 4 } = {},
): Promise<string> {
  const { id: participantId } = await laurel.api.participants.upsert({ externalId: participant });
  const id = randomUUID();
  await sql(
    laurel,
    `insert into $schema.enrolment
       (id, course_id, participant_id, cohort_id, state, version, versions, time_zone, earned, total, completed_at)
     select $1, course.id, $3, (select id from $schema.course_cohort where course_id = course.id and slug = $5), $4,
       version, array[version], 'Europe/Lisbon', $6::int, $7::int, case when $6::int = $7::int then now() end
     from $schema.course where slug = $2`,
    [id, course, participantId, state, cohort, done.length, total],
  );
  await sql(
    laurel,
    `insert into $schema.lesson_state (enrolment_id, lesson, checked_at, first_at, last_at, completed_at)
     select $1, lesson, now(), now(), now(), now() from unnest($2::text[]) lesson`,
    [id, done],
  );
  return id;
}

/** How far somebody is, as it is kept. */
export async function kept(laurel: TestLaurel, enrolment: string) {
  const [row] = await sql<{ version: number; versions: number[]; earned: string; total: string; done: boolean }>(
    laurel,
    `select version, versions, earned::text, total::text, completed_at is not null as done
     from $schema.enrolment where id = $1`,
    [enrolment],
  );
  return row;
}
