import { randomUUID } from 'node:crypto';
import type { House } from './house.ts';

const lessonsOfUnit = 5;
const unitsOfCourse = 12;
const filmLength = 600_000;

const empty = {
  ...{ summary: null, label: null, kind: null, markdown: null, video: null, url: null, startsAt: null, endsAt: null },
  ...{ minutes: null, required: true, hidden: false, cohorts: [], weight: null, choose: null, done: null, opens: null },
  event: null,
};
const film = { provider: 'file' as const, url: 'https://media.example/a.mp4', lengthMs: filmLength, posterUrl: null };

/** A course of 60 lessons, the first of each unit a film, and so many lessons more in its last unit. */
export const courseOf = (more = 0) => [
  ...Array.from({ length: unitsOfCourse }, (_, unit) => [
    { ...empty, id: `unit-${unit}`, parent: null, type: 'unit' as const, title: 'Unit' },
    ...Array.from({ length: lessonsOfUnit }, (_, place) => ({
      ...{ ...empty, id: `lesson-${unit}-${place}`, parent: `unit-${unit}`, type: 'lesson' as const, title: 'Lesson' },
      ...(place === 0
        ? { kind: 'video' as const, video: { ...film, captions: [], chapters: [] }, done: { kind: 'viewed' as const } }
        : { kind: 'page' as const, markdown: 'Read.' }),
    })),
  ]).flat(),
  ...Array.from({ length: more }, (_, index) => ({
    ...{ ...empty, id: `more-${index}`, parent: `unit-${unitsOfCourse - 1}`, type: 'lesson' as const, title: 'More' },
    ...{ kind: 'page' as const, markdown: 'Read.' },
  })),
];

/** Two plays of fifteen seconds in the first film by each learner, and what is kept of them. */
const playSql = `
with played as (
  insert into $schema.progress_event (enrolment_id, id, lesson, kind, occurred_at, received_at, time_zone, day, watched, rate, position_ms, actor)
  select enrolment.id, gen_random_uuid(), 'lesson-0-0', 'watched', now(), now(), 'UTC', current_date,
    int4multirange(int4range(at, at + 15000)), 100, at + 15000, 'bench'
  from $schema.enrolment cross join generate_series(1, 2) n
  cross join lateral (select abs(uuid_hash(enrolment.id) % 580) * 1000 * n / 2 as at) each
  where enrolment.course_id = $1
  returning enrolment_id, watched
)
update $schema.lesson_state set watched = played.watched
from (select enrolment_id, range_agg(watched) as watched from played group by enrolment_id) played
where lesson_state.enrolment_id = played.enrolment_id and lesson = 'lesson-0-0'`;

/** Each learner has begun the first 30 to 60 lessons and finished all of these but every tenth, every third learner the whole course. */
const learnSql = `
with lesson as (
  select id, row_number() over (order by place) as number from unnest($2::text[]) with ordinality each(id, place)
), learner as (
  select id, case when uuid_hash(id) % 3 = 0 then 60 else 30 + abs(uuid_hash(id) % 30) end as upto, uuid_hash(id) % 3 = 0 as whole
  from $schema.enrolment where course_id = $1
)
insert into $schema.lesson_state (enrolment_id, lesson, viewed_at, checked_at, first_at, last_at, completed_at)
select learner.id, lesson.id, at, at, at, at, case when whole or lesson.number % 10 <> 0 then at + interval '9 minutes' end
from lesson join learner on number <= upto
cross join lateral (select now() - interval '60 days' + number * interval '5 hours' as at) each
order by number`;

const standSql = `
update $schema.enrolment set earned = kept.done, last_lesson = kept.last, last_active_at = now(),
  completed_at = case when kept.done = total then now() end
from (
  select enrolment_id, count(completed_at) as done, max(lesson) as last from $schema.lesson_state group by enrolment_id
) kept
where kept.enrolment_id = enrolment.id and course_id = $1`;

const unitSql = `
insert into $schema.unit_state (enrolment_id, unit, earned, completed_at)
select enrolment_id, 'unit-' || split_part(lesson, '-', 2), count(*), case when count(*) = ${lessonsOfUnit} then now() end
from $schema.lesson_state join $schema.enrolment on enrolment.id = enrolment_id and course_id = $1
where lesson_state.completed_at is not null group by 1, 2`;

/** Publishes a course and seeds learners who are in the middle of it, in eight cohorts. Answers the id of the course. */
export async function seedStaffReads({ laurel, sql }: House, slug: string, learners: number): Promise<string> {
  const { id } = await laurel.api.courses.create({ slug, name: 'Course' });
  await publishCourse(laurel, slug, courseOf(), 'keep');
  const lessons = courseOf()
    .filter(({ type }) => type === 'lesson')
    .map((lesson) => lesson.id);
  await sql(
    `insert into $schema.participant (id, external_id) select gen_random_uuid(), $1 || '-' || n from generate_series(1, $2::int) n`,
    [slug, learners],
  );
  for (let cohort = 0; cohort < 8; cohort++) {
    await sql('insert into $schema.course_cohort (id, course_id, slug, name) values ($1, $2, $3, $3)', [
      ...[randomUUID(), id, `cohort-${cohort}`],
    ]);
  }
  await sql(
    `insert into $schema.enrolment (id, course_id, participant_id, cohort_id, state, version, versions, time_zone, total)
     select gen_random_uuid(), $1, participant.id, cohort.id, 'active', 1, '{1}', 'UTC', $2
     from $schema.participant
     join (select id, row_number() over (order by slug) - 1 as n from $schema.course_cohort where course_id = $1) cohort
       on n = uuid_hash(participant.id) & 7
     where external_id like $3 || '-%'`,
    [id, lessons.length, slug],
  );
  await sql('analyze $schema.enrolment');
  await sql(learnSql, [id, lessons]);
  await sql(playSql, [id]);
  await sql(standSql, [id]);
  await sql(unitSql, [id]);
  for (const table of ['participant', 'enrolment', 'lesson_state', 'unit_state', 'progress_event']) {
    await sql(`vacuum (analyze) $schema.${table}`);
  }
  return id;
}

/** Saves a draft and publishes it. */
export async function publishCourse(
  { api }: House['laurel'],
  course: string,
  nodes: ReturnType<typeof courseOf>,
  learners: 'keep' | 'require' | 'credit',
): Promise<void> {
  const { revision } = await api.courses.draft({ course });
  const draft = await api.courses.saveDraft({ course, revision, nodes });
  await api.courses.publish({ course, revision: draft.revision, learners });
}
