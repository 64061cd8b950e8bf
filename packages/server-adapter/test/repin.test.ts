import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { repin } from '../src/curriculum/repin.ts';
import { databaseOn } from '../src/db/database.ts';
import { enlist } from '../src/db/enlist.ts';
import type { TestLaurel } from '../src/testing.ts';
import {
  happening,
  lesson,
  onSight,
  type SeededCourse,
  seedCohort,
  seedCourse,
  seedEnrolments,
  seedVersion,
  unit,
} from './learning.ts';
import {
  databaseUrl,
  inHostTransaction,
  inTransactionOf,
  isWaitedFor,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

let laurel: TestLaurel;
beforeAll(async () => {
  laurel = await testLaurel();
});

const two = [unit('week'), lesson('a', 'week', onSight), lesson('b', 'week', onSight)];

let count = 0;
async function learner(course: SeededCourse) {
  const name = `mover-${++count}`;
  const [enrolment = ''] = await seedEnrolments(laurel, course, [name]);
  return {
    ...{ name, enrolment },
    see: (...lessons: string[]) =>
      laurel.api.progress.record({
        ...{ course: course.slug, participant: name },
        events: lessons.map((each) => happening(each, 'viewed')),
      }),
    get: () => laurel.api.progress.get({ course: course.slug, participant: name }),
  };
}

/** Moves enrolments in a transaction of the test's own. */
const move = (enrolments: string[], to: { version?: number; cohortId?: string | null }) =>
  inHostTransaction((tx) => {
    const database = databaseOn(enlist(tx), laurel.schema);
    return repin(database, {
      ...{ enrolments, ...to, actor: 'staff:ada', reason: 'moved', now: null, channel: `laurel_${laurel.schema}` },
    });
  });

const eventsOf = (enrolment: string, name: string) =>
  sql<{ payload: unknown }>(
    laurel,
    `select payload from $schema.event where name = $1 and payload ->> 'enrolment' = $2 order by id`,
    [name, enrolment],
  );

it(`reckons anew by the version that enrolments move to, on ${storageName}; what was done stays done`, async () => {
  const course = await seedCourse(laurel, two);
  await seedVersion(laurel, course, 2, [
    ...two,
    lesson('c', 'week', onSight),
    unit('more'),
    lesson('d', 'more', onSight),
  ]);
  await seedVersion(laurel, course, 3, [unit('week'), lesson('a', 'week', onSight)]);
  const half = await learner(course);
  const whole = await learner(course);
  await half.see('a');
  const { completedAt } = await whole.see('a', 'b');
  await move([half.enrolment, whole.enrolment], { version: 2 });
  expect(await half.get()).toMatchObject({ percent: 25, version: 2, completedAt: null });
  const later = await whole.get();
  expect(later).toMatchObject({ percent: 50, version: 2, completedAt });
  // A unit that was whole stays so, though there is more in it now.
  expect(later.nodes).toMatchObject([{ state: 'done', percent: 66 }, { state: 'done' }, { state: 'done' }, {}, {}, {}]);
  expect(await eventsOf(half.enrolment, 'enrolment.moved')).toMatchObject([{ payload: { from: 1, to: 2 } }]);
  expect(await laurel.recount({ of: 'courses' })).toEqual([]);

  expect(await half.see('c')).toMatchObject({ percent: 50 });
  await move([half.enrolment], { version: 3 });
  expect(await half.get()).toMatchObject({ percent: 100, version: 3, lessons: 1, lessonsDone: 1 });
  expect((await half.get()).completedAt).not.toBeNull();
  expect(await eventsOf(half.enrolment, 'course.completed')).toHaveLength(1);
  expect(await eventsOf(half.enrolment, 'unit.completed')).toHaveLength(1);
  expect(await laurel.recount({ of: 'courses' })).toEqual([]);
  const steps = await sql(
    laurel,
    'select from_version, to_version from $schema.enrolment_step where enrolment_id = $1 order by id',
    [half.enrolment],
  );
  expect(steps).toEqual([
    { from_version: 1, to_version: 2 },
    { from_version: 2, to_version: 3 },
  ]);
});

it('is done by the rule of any version somebody learnt by', async () => {
  const course = await seedCourse(laurel, [lesson('a'), lesson('b')]);
  await seedVersion(laurel, course, 2, [lesson('a', null, { done: { kind: 'submitted' } }), lesson('b')]);
  const { enrolment, name, see, get } = await learner(course);
  await see('a');
  await move([enrolment], { version: 2 });
  await laurel.api.progress.record({ course: course.slug, participant: name, events: [happening('a', 'checked')] });
  expect(await get()).toMatchObject({ percent: 50, lessonsDone: 1 });
});

it('counts for the cohort that enrolments move to', async () => {
  const course = await seedCourse(laurel, [
    lesson('a', null, onSight),
    lesson('b', null, { ...onSight, cohorts: ['spring'] }),
    lesson('c', null, { ...onSight, opens: { kind: 'cohort', cohorts: ['spring'] } }),
  ]);
  const spring = await seedCohort(laurel, course, 'spring');
  const { enrolment, see, get } = await learner(course);
  // What is not for them is kept, and counts once it is.
  expect(await see('a', 'c')).toMatchObject({ percent: 100 });
  const { completedAt } = await get();
  await move([enrolment], { cohortId: spring });
  expect(await get()).toMatchObject({ percent: 66, completedAt, lessons: 3 });
  await see('b');
  await move([enrolment], { cohortId: null });
  expect(await get()).toMatchObject({ percent: 100, lessons: 1, completedAt });
  expect(await laurel.recount({ of: 'courses' })).toEqual([]);
});

// One process has embedded storage to itself, and one transaction at a time.
it.runIf(databaseUrl)('counts for a cohort that an enrolment moves to while a recount waits for another', async () => {
  const spring = { ...onSight, cohorts: ['spring'] };
  const course = await seedCourse(laurel, [...two, lesson('c', null, spring)]);
  const cohortId = await seedCohort(laurel, course, 'spring');
  const [held, other] = [await learner(course), await learner(course)].sort((one, two) =>
    one.enrolment < two.enrolment ? -1 : 1,
  ) as [Awaited<ReturnType<typeof learner>>, Awaited<ReturnType<typeof learner>>];
  await other.see('a');
  let mended: Promise<unknown> = Promise.resolve();
  await inHostTransaction(async (transaction) => {
    const { query } = enlist(transaction);
    await query(`select from "${laurel.schema}".enrolment where id = $1 for update`, [held.enrolment]);
    mended = laurel.recount({ of: 'courses', rebuild: true });
    await isWaitedFor(transaction);
    await move([other.enrolment], { cohortId });
  });
  expect(await mended).toEqual([]);
  expect(await other.get()).toMatchObject({ percent: 33, lessons: 3 });
  expect(await laurel.recount({ of: 'courses' })).toEqual([]);
});

// What waits for another transaction is one of a host's own: all else is passed by.
it.runIf(databaseUrl)('counts for a cohort that was made while what is recorded waited for the move', async () => {
  const summer = { ...onSight, cohorts: ['summer'] };
  const course = await seedCourse(laurel, [...two, lesson('c', null, summer)]);
  const { enrolment, name, get } = await learner(course);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  let recorded: Promise<unknown> = Promise.resolve();
  await inHostTransaction(async (transaction) => {
    const { query } = enlist(transaction);
    const cohortId = randomUUID();
    await query(`insert into "${laurel.schema}".course_cohort (id, course_id, slug, name) values ($1, $2, $3, $3)`, [
      ...[cohortId, course.id, 'summer'],
    ]);
    await repin(databaseOn({ query }, laurel.schema), {
      ...{ enrolments: [enrolment], cohortId, actor: 'staff:ada', reason: 'moved', now: null },
      channel: `laurel_${laurel.schema}`,
    });
    recorded = inTransactionOf(pool, async (other) => {
      const events = [happening('a', 'viewed')];
      await laurel.api.with(other).progress.record({ course: course.slug, participant: name, events });
    });
    await isWaitedFor(transaction);
  });
  await recorded;
  await pool.end();
  expect(await get()).toMatchObject({ percent: 33, lessons: 3 });
  expect(await laurel.recount({ of: 'courses' })).toEqual([]);
});

it('pins nobody who has not begun', async () => {
  const course = await seedCourse(laurel, two);
  await seedVersion(laurel, course, 2, [lesson('a', null, onSight)]);
  const { enrolment } = await learner(course);
  // Nobody is let into a course that is archived.
  await sql(
    laurel,
    `update $schema.course set state = 'archived' where id = (select course_id from $schema.enrolment where id = $1)`,
    [enrolment],
  );
  await sql(laurel, `update $schema.enrolment set state = 'waiting', versions = '{}', total = 0 where id = $1`, [
    enrolment,
  ]);
  await move([enrolment], { version: 2 });
  expect(
    await sql(laurel, 'select version, versions, total::int from $schema.enrolment where id = $1', [enrolment]),
  ).toEqual([{ version: 2, versions: [], total: 0 }]);
});

it(`takes what a device that was offline tells of a lesson of the version before, on ${storageName}`, async () => {
  const course = await seedCourse(laurel, [...two, lesson('c', 'week', onSight), lesson('d', 'week', onSight)]);
  const later = { opens: { kind: 'instant', from: '2100-01-01T00:00:00Z' } };
  await seedVersion(laurel, course, 2, [
    ...[unit('week'), lesson('a', 'week', onSight), lesson('c', 'week', { ...onSight, hidden: true })],
    ...[lesson('d', 'week', { ...onSight, ...later }), lesson('e', 'week', { ...onSight, ...later })],
  ]);
  const { name, enrolment, get } = await learner(course);
  await move([enrolment], { version: 2 });
  const occurredAt = new Date(Date.now() - 86_400_000).toISOString();
  const events = ['b', 'c', 'd', 'e', 'f'].map((each) => happening(each, 'viewed', { occurredAt }));
  const answer = await laurel.api.progress.record({ course: course.slug, participant: name, events });
  expect(answer.outcomes.map(({ outcome, code }) => code ?? outcome)).toEqual([
    ...['recorded', 'recorded', 'recorded', 'lesson_locked', 'lesson_not_found'],
  ]);
  // Of what counts by now, one of three: the one that opens later was done when it was open.
  expect(answer).toMatchObject({ percent: 33, completed: ['b', 'c', 'd'] });
  expect(await get()).toMatchObject({ percent: 33, streak: { longest: 1 } });
  const state = (await get()).nodes.map(({ id, state: is }) => [id, is]);
  expect(state).toEqual([
    ...[
      ['week', 'started'],
      ['a', 'open'],
    ],
    ...[
      ['d', 'done'],
      ['e', 'locked'],
    ],
  ]);
  expect(await laurel.recount({ of: 'courses' })).toEqual([]);
});
