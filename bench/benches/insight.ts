import type { Bench, Result } from '../harness/bench.ts';
import { interleave } from '../harness/interleave.ts';
import { openPostgresHouse, type PostgresHouse } from '../harness/postgres.ts';
import { courseOf, publishCourse, seedStaffReads } from '../harness/staff-reads.ts';

/** The least SQL of a funnel: who began and finished each lesson, and who is at it. */
const rawFunnel = `
select lesson, count(*) as started, count(state.completed_at) as done,
  count(*) filter (where state.completed_at is null and last_lesson = lesson) as here
from $schema.enrolment join $schema.lesson_state state on enrolment_id = enrolment.id
where course_id = $1 and state = 'active' group by lesson`;

/** The least SQL of a heat map: how many stretches begin and end in each bar of three seconds, of viewers and of plays. */
const rawHeatMap = `
select kind, bar, sum(step) as step from (
  select 'viewers' as kind, watched from $schema.enrolment
  join $schema.lesson_state on enrolment_id = enrolment.id and lesson = $2
  where course_id = $1 and state = 'active'
  union all
  select 'plays', watched from $schema.enrolment
  join $schema.progress_event on enrolment_id = enrolment.id and lesson = $2 and watched is not null
  where course_id = $1 and state = 'active'
) each, unnest(watched) stretch, lateral (values (lower(stretch) / 3000, 1), (upper(stretch) / 3000, -1)) change (bar, step)
group by kind, bar`;

/** The least SQL of a board of ten: all are ranked. */
const rawBoard = `
select * from (
  select participant_id, rank() over (order by earned * 100 / total desc, completed_at nulls last) as place, count(*) over () as learners
  from $schema.enrolment where course_id = $1 and state = 'active'
) ranked join $schema.participant on id = participant_id order by place limit 10`;

/** The least SQL of who was active last. */
const rawLearners = `
select * from $schema.enrolment join $schema.participant on participant.id = participant_id
where course_id = $1 and state = 'active' order by last_active_at desc limit 50`;

/** The least SQL that moves learners to a version with one lesson more and credits it to those who were done: it rolls back. */
const rawPublish = `
with learner as (
  select id, course_id, participant_id, version, earned = total as whole from $schema.enrolment where course_id = $1 for no key update
), events as (
  insert into $schema.progress_event (enrolment_id, id, lesson, kind, occurred_at, received_at, time_zone, day, actor)
  select id, gen_random_uuid(), $2, 'credited', now(), now(), 'UTC', current_date, 'bench' from learner where whole
), states as (
  insert into $schema.lesson_state (enrolment_id, lesson, credited_at, first_at, last_at, completed_at)
  select id, $2, now(), now(), now(), now() from learner where whole
), units as (
  update $schema.unit_state set earned = unit_state.earned + 1 from learner where whole and enrolment_id = learner.id and unit = 'unit-11'
), moved as (
  update $schema.enrolment set version = learner.version + 1, versions = versions || learner.version + 1, seq = seq + 1,
    total = total + 1, earned = earned + case when whole then 1 else 0 end, updated_at = now()
  from learner where learner.id = enrolment.id
), steps as (
  insert into $schema.enrolment_step (enrolment_id, from_state, to_state, from_version, to_version, actor)
  select id, 'active', 'active', version, version + 1, 'bench' from learner
), told as (
  insert into $schema.event (name, payload)
  select name, jsonb_build_object('enrolment', id, 'course', course_id, 'participant', participant_id)
  from learner cross join unnest('{enrolment.moved,lesson.completed}'::text[]) name where whole or name = 'enrolment.moved'
)
select 1`;

const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

interface Compared {
  name: string;
  ours: () => Promise<unknown>;
  raw: () => Promise<unknown>;
  atMost?: number;
}

async function compare({ name, ours, raw, atMost }: Compared, rounds: number): Promise<Result> {
  const [value = 0, reference = 0] = await interleave(
    [
      { name, round: () => timed(ours) },
      { name: 'raw SQL', round: () => timed(raw) },
    ],
    rounds,
  );
  return {
    ...{ name, value, unit: 'ms', reference: { name: 'raw SQL', value: reference }, ratio: value / reference },
    ...(atMost !== undefined && { goal: { atMost } }),
  };
}

/** Reads of staff, on a connection of the host's own: what is read there is not kept for the next who asks. */
function reads({ laurel, client, sql }: PostgresHouse, id: string, of: string): Compared[] {
  const { insight } = laurel.api.with(client);
  return [
    {
      name: `funnel, ${of}`,
      ours: () => insight.funnel({ course: 'read' }),
      raw: () => sql(rawFunnel, [id]),
      atMost: 2,
    },
    {
      ...{ name: `heat map of a film, ${of}`, atMost: 2 },
      ours: () => insight.heatMap({ course: 'read', lesson: 'lesson-0-0' }),
      raw: () => sql(rawHeatMap, [id, 'lesson-0-0']),
    },
    {
      name: `board of the course, ${of}`,
      ours: () => insight.board({ course: 'read', limit: 10 }),
      raw: () => sql(rawBoard, [id]),
    },
    {
      name: `who is where, ${of}`,
      ours: () => insight.learners({ course: 'read', limit: 50 }),
      raw: () => sql(rawLearners, [id]),
    },
  ];
}

/** Publishing by us is for good, that by raw SQL is rolled back: each round finds the same learners. */
function publishing(house: PostgresHouse, id: string, of: string): Compared {
  let more = 0;
  return {
    name: `publishing with credit, ${of}`,
    ours: () => publishCourse(house.laurel, 'publish', courseOf(++more), 'credit'),
    raw: async () => {
      await house.client.query('begin');
      await house.sql(rawPublish, [id, 'raw']);
      await house.client.query('rollback');
    },
  };
}

const bench: Bench = {
  about: 'what staff read of 100,000 learners in the middle of a course, and publishing a version for 10,000',
  needs: ['postgres'],
  run: async ({ short, postgresUrl, say }) => {
    const size = short ? { learners: 500, moved: 200, rounds: 1 } : { learners: 100_000, moved: 10_000, rounds: 5 };
    const house = await openPostgresHouse(postgresUrl, 'insight');
    try {
      say(`Seeding ${size.moved} and ${size.learners} learners.`);
      const many = (count: number) => count.toLocaleString('en');
      const moved = await seedStaffReads(house, 'publish', size.moved);
      const lines = [await compare(publishing(house, moved, many(size.moved)), size.rounds)];
      const read = await seedStaffReads(house, 'read', size.learners);
      for (const each of reads(house, read, many(size.learners))) lines.push(await compare(each, size.rounds));
      return [...lines.slice(1), ...lines.slice(0, 1)];
    } finally {
      await house.close();
    }
  },
};

export default bench;
