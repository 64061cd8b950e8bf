import { beforeAll, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { sql, storageName, testLaurel } from './support.ts';
import { lesson, publishedCourse, republish, unit } from './written-courses.ts';

/** More than are moved at once; `LAUREL_TEST_LEARNERS=10000` for a measurement. */
const learners = Number(process.env.LAUREL_TEST_LEARNERS ?? 600);

const weeks = Array.from({ length: 12 }, (_, week) => [
  unit(`week-${week}`),
  ...Array.from({ length: 5 }, (_, at) => lesson(`lesson-${week}-${at}`, `week-${week}`)),
]).flat();
const more = [...weeks, lesson('one-more', 'week-11'), lesson('another', 'week-11')];

/** Learners of 60 lessons: every third is done with all, every third with half of them, every third with none. */
const seedSql = `
with people as (
  insert into $schema.participant (id, external_id)
  select gen_random_uuid(), 'many-' || n from generate_series(1, $1::int) n returning id, external_id
), enrolled as (
  insert into $schema.enrolment
    (id, course_id, participant_id, state, version, versions, time_zone, earned, total, completed_at)
  select gen_random_uuid(), course.id, people.id, 'active', 1, '{1}', 'UTC', earned, 60,
    case when earned = 60 then now() end
  from people cross join $schema.course
  cross join lateral (select 30 * (split_part(external_id, '-', 2)::int % 3) as earned) how
  where course.slug = 'many'
  returning id, earned
), ordered as (
  select id, row_number() over (order by place) as number from unnest($2::text[]) with ordinality each(id, place)
)
insert into $schema.lesson_state (enrolment_id, lesson, checked_at, first_at, last_at, completed_at)
select enrolled.id, ordered.id, now(), now(), now(), now() from enrolled join ordered on number <= earned`;

let laurel: TestLaurel;
beforeAll(async () => {
  laurel = await testLaurel();
  await publishedCourse(laurel.api, 'many', weeks);
  const lessons = weeks.filter(({ type }) => type === 'lesson').map(({ id }) => id);
  await sql(laurel, seedSql, [learners, lessons]);
  await sql(laurel, 'analyze $schema.enrolment, $schema.lesson_state');
}, 300_000);

it(`moves ${learners} learners to a new version, and each of them comes out exact (${storageName})`, async () => {
  const third = Math.floor(learners / 3);
  const rest = learners - third;
  const { revision } = await laurel.api.courses.draft({ course: 'many' });
  await laurel.api.courses.saveDraft({ course: 'many', revision, nodes: more });
  const began = performance.now();
  expect(await laurel.api.courses.preview({ course: 'many' })).toMatchObject({
    ...{ learners, fallBelowDone: Math.floor((learners + 1) / 3), rise: 0, stay: third },
    missing: [{ lesson: 'one-more' }, { lesson: 'another' }],
  });
  const seen = performance.now();
  const published = await republish(laurel.api, 'many', more, 'credit');
  console.info(
    `${learners} learners: preview ${Math.round(seen - began)} ms, publish ${Math.round(performance.now() - seen)} ms`,
  );
  expect(published).toMatchObject({ version: 2, learners });
  const counted = await sql(
    laurel,
    `select earned::int, total::int, count(*)::int as learners, count(completed_at)::int as done,
       bool_and(versions = '{1,2}') as moved
     from $schema.enrolment group by 1, 2 order by 1`,
  );
  const done = Math.floor((learners + 1) / 3);
  expect(counted).toEqual([
    { earned: 0, total: 62, learners: third, done: 0, moved: true },
    { earned: 30, total: 62, learners: rest - done, done: 0, moved: true },
    { earned: 62, total: 62, learners: done, done, moved: true },
  ]);
  const [credits] = await sql(laurel, 'select count(*)::int as events from $schema.progress_event');
  expect(credits).toEqual({ events: 2 * done });
}, 300_000);
