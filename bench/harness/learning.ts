import { randomUUID } from 'node:crypto';
import type { House, Sql } from './house.ts';

export const units = 3;
export const lessonsOfUnit = 10;

/** Something a learner did: the nth learner, and the lesson of a turn; every fourth finishes it, the others play a video. */
export interface Deed {
  learner: number;
  lesson: string;
  unit: string;
  isDone: boolean;
  from: number;
}

/** One deed after another, spread over all learners, so that each finishes a lesson once. */
export function deeds(learners: number, offset = 0): () => Deed {
  let turn = offset;
  return () => {
    const at = turn++;
    const place = Math.floor(at / learners) % lessonsOfUnit;
    const isDone = at % 4 === 0;
    const unit = (Math.floor(at / learners / lessonsOfUnit) + at) % units;
    return {
      learner: (at * 7919) % learners,
      lesson: `${isDone ? 'page' : 'film'}-${unit}-${place}`,
      unit: `unit-${unit}`,
      isDone,
      from: ((at * 13) % 40) * 15_000,
    };
  };
}

const empty = {
  ...{ summary: null, label: null, kind: null, markdown: null, video: null, url: null, startsAt: null, endsAt: null },
  ...{ minutes: null, required: true, hidden: false, cohorts: [], weight: null, choose: null, done: null, opens: null },
  event: null,
};
const nodes = Array.from({ length: units }, (_, unit) => [
  { ...empty, id: `unit-${unit}`, parent: null, type: 'unit', title: 'Unit' },
  ...Array.from({ length: lessonsOfUnit }, (_, place) => [
    {
      ...empty,
      id: `page-${unit}-${place}`,
      parent: `unit-${unit}`,
      type: 'lesson',
      title: 'Page',
      done: { kind: 'viewed' },
    },
    {
      ...{
        ...empty,
        id: `film-${unit}-${place}`,
        parent: `unit-${unit}`,
        type: 'lesson',
        title: 'Film',
        kind: 'video',
      },
      video: {
        ...{ provider: 'file', url: 'https://media.example/a.mp4', lengthMs: 600_000, posterUrl: null },
        ...{ captions: [], chapters: [] },
      },
    },
  ]).flat(),
]).flat();

/** Seeds a published course `course` in which participants `l0…` are enrolled. */
export async function seedLearning({ sql }: House, learners: number): Promise<void> {
  const course = randomUUID();
  await sql(
    `insert into $schema.course (id, slug, name, language, time_zone, drip_zone, sequential, access, waiting_list, listed, state, version)
     values ($1, 'course', 'Course', 'en', 'UTC', 'course', false, 'open', true, true, 'published', 1)`,
    [course],
  );
  await sql(
    `insert into $schema.course_version (course_id, version, nodes, sequential, lessons, actor) values ($1, 1, $2, false, $3, 'bench')`,
    [course, JSON.stringify(nodes), units * lessonsOfUnit * 2],
  );
  await sql(
    `insert into $schema.participant (id, external_id) select gen_random_uuid(), 'l' || n from generate_series(0, $1::int - 1) n`,
    [learners],
  );
  await sql(
    `insert into $schema.enrolment (id, course_id, participant_id, state, version, versions, time_zone, total, enrolled_at)
     select gen_random_uuid(), $1, id, 'active', 1, '{1}', 'UTC', $2, now() - interval '30 days'
     from $schema.participant where external_id ~ '^l[0-9]+$'`,
    [course, units * lessonsOfUnit * 2],
  );
  await sql('analyze $schema.participant, $schema.enrolment');
}

/** The call that tells of a deed. */
export function tell({ laurel }: House, { learner, lesson, isDone, from }: Deed) {
  const now = Date.now();
  const event = {
    ...{ id: randomUUID(), lesson, occurredAt: new Date(now).toISOString(), timeZone: 'UTC', device: 'bench' },
    ...(isDone
      ? { kind: 'viewed' as const }
      : {
          kind: 'watched' as const,
          from: new Date(now - 15_000).toISOString(),
          segments: [[from, from + 15_000]],
          positionMs: from + 15_000,
        }),
  };
  return laurel.api.progress.record({ course: 'course', participant: `l${learner}`, events: [event] });
}

/**
 * Copies of the tables with all their indexes, and the least SQL that writes the same durable rows in one statement: the event, the
 * lesson's state, the learning day, the unit, the enrolment, the outbox event. It knows every id, checks nothing, tells nobody.
 */
export async function rawLearning(house: House, run: Sql): Promise<(batch: readonly Deed[]) => Promise<void>> {
  const schema = `${house.schema}_raw`;
  await run(`create schema ${schema}`);
  for (const table of ['progress_event', 'lesson_state', 'learning_day', 'unit_state', 'enrolment']) {
    await run(`create table ${schema}.${table} (like "${house.schema}".${table} including all)`);
  }
  await run(`insert into ${schema}.enrolment select * from "${house.schema}".enrolment`);
  await run(
    `create table ${schema}.event (id bigint generated always as identity primary key, name text, payload jsonb, created_at timestamptz default now(), leased_until timestamptz default '-infinity', attempts int default 0, delivered_at timestamptz)`,
  );
  await run(`create index on ${schema}.event (leased_until) where delivered_at is null`);
  await run(`analyze ${schema}.enrolment`);
  const learners = await run<{ id: string; participant_id: string; course_id: string }>(
    `select enrolment.id, participant_id, course_id from ${schema}.enrolment
     join "${house.schema}".participant on participant.id = participant_id order by substr(external_id, 2)::int`,
  );
  const statement = `with
input as (
  select * from unnest((select $1::uuid[]), (select $2::uuid[]), (select $3::uuid[]), (select $4::text[]), (select $5::text[]),
    (select $6::boolean[]), (select $7::int4multirange[]), (select $8::int[]), (select $9::tstzrange[]))
    as each(id, enrolment_id, participant_id, lesson, unit, done, watched, position, spent)
),
kept as (
  insert into ${schema}.progress_event (enrolment_id, id, lesson, kind, occurred_at, received_at, time_zone, day, device, spent, watched, rate, position_ms, actor)
  select enrolment_id, id, lesson, case when done then 'viewed' else 'watched' end, now(), now(), 'UTC', current_date, 'bench', spent, watched,
    case when done then null else 100 end, position, 'bench' from input
  on conflict (enrolment_id, id) do nothing
),
states as (
  insert into ${schema}.lesson_state as kept (enrolment_id, lesson, viewed_at, spent, watched, position_ms, position_at, position_id, first_at, last_at, completed_at)
  select enrolment_id, lesson, case when done then now() end, coalesce(spent::tstzmultirange, '{}'), coalesce(watched, '{}'), position,
    case when not done then now() end, case when not done then id end, now(), now(), case when done then now() end from input
  on conflict (enrolment_id, lesson) do update set viewed_at = least(kept.viewed_at, excluded.viewed_at), spent = kept.spent + excluded.spent,
    watched = kept.watched + excluded.watched, position_ms = excluded.position_ms, position_at = excluded.position_at,
    position_id = excluded.position_id, last_at = greatest(kept.last_at, excluded.last_at),
    completed_at = coalesce(kept.completed_at, excluded.completed_at)
),
days as (
  insert into ${schema}.learning_day as kept (participant_id, day, first_at, last_at, least_offset)
  select distinct participant_id, current_date, now(), now(), 0 from input
  on conflict (participant_id, day) do update set last_at = greatest(kept.last_at, excluded.last_at)
),
units as (
  insert into ${schema}.unit_state as kept (enrolment_id, unit, earned)
  select enrolment_id, unit, 1 from input where done
  on conflict (enrolment_id, unit) do update set earned = kept.earned + excluded.earned
),
moved as (
  update ${schema}.enrolment set seq = seq + 1, earned = earned + case when done then 1 else 0 end, last_lesson = input.lesson,
    last_active_at = now(), updated_at = now(), media_ms = media_ms + case when done then 0 else 15000 end
  from input where enrolment.id = input.enrolment_id
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'lesson.completed', jsonb_build_object('enrolment', enrolment_id, 'course', '${learners[0]?.course_id}', 'participant', participant_id, 'lesson', lesson)
  from input where done
)
select 1`;
  const of = (deed: Deed) => learners[deed.learner] as (typeof learners)[number];
  return async (batch) => {
    const now = Date.now();
    const spent = `["${new Date(now - 15_000).toISOString()}","${new Date(now).toISOString()}")`;
    await run(statement, [
      batch.map(() => randomUUID()),
      batch.map((deed) => of(deed).id),
      batch.map((deed) => of(deed).participant_id),
      batch.map(({ lesson }) => lesson),
      batch.map(({ unit }) => unit),
      batch.map(({ isDone }) => isDone),
      batch.map(({ isDone, from }) => (isDone ? null : `{[${from},${from + 15_000})}`)),
      batch.map(({ isDone, from }) => (isDone ? null : from + 15_000)),
      batch.map(({ isDone }) => (isDone ? null : spent)),
    ]);
  };
}
