import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import {
  happening,
  lesson,
  onSight,
  seedCohort,
  seedCourse,
  seedEnrolments,
  seedVersion,
  unit,
  video,
} from './learning.ts';
import { ask, inHostTransaction, seed, settled, sql, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
beforeAll(async () => {
  laurel = await testLaurel();
});

const nodes = [
  unit('week-1'),
  lesson('intro', 'week-1', onSight),
  lesson('film', 'week-1', video(60)),
  unit('week-2'),
  lesson('task', 'week-2'),
];

let count = 0;
/** Somebody new in a course of these nodes. */
async function learner(of = nodes, how: Parameters<typeof seedCourse>[2] & { cohort?: string } = {}) {
  const course = await seedCourse(laurel, of, how);
  if (how.cohort) await seedCohort(laurel, course, how.cohort);
  const name = `learner-${++count}`;
  const [enrolment = ''] = await seedEnrolments(laurel, course, [name], { cohort: how.cohort ?? null });
  const record = (...events: never[]) => laurel.api.progress.record({ course: course.slug, participant: name, events });
  const get = () => laurel.api.progress.get({ course: course.slug, participant: name });
  const stateOf = async (id: string) => (await get()).nodes.find((node) => node.id === id);
  return { course, name, enrolment, record, get, stateOf };
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
/** Seconds of a video played at once, over as many seconds of the clock that end so long ago. */
const played = (of: string, from: number, to: number, ended = 0, more = {}) =>
  happening(of, 'watched', {
    from: ago(ended + to - from),
    occurredAt: ago(ended),
    segments: [[from * 1000, to * 1000]],
    positionMs: to * 1000,
    ...more,
  });
const spent = (of: string, from: number, to: number, more = {}) =>
  happening(of, 'spent', { from: ago(from), occurredAt: ago(to), ...more });

const eventsOf = (enrolment: string, name: string) =>
  sql<{ payload: Record<string, string> }>(
    laurel,
    `select payload from $schema.event where name = $1 and payload ->> 'enrolment' = $2 order by id`,
    [name, enrolment],
  );

describe(`progress on ${storageName}`, () => {
  it('rolls what is done up to the course', async () => {
    const { record, get, enrolment } = await learner();
    const event = happening('intro', 'viewed');
    const first = await record(event);
    expect(first).toMatchObject({ percent: 33, completed: ['intro'], completedAt: null, seq: 1 });
    expect(first.outcomes).toMatchObject([{ outcome: 'recorded', code: null }]);
    const again = await record(event, event);
    expect(again).toMatchObject({ percent: 33, completed: [], seq: 1 });
    expect(again.outcomes).toMatchObject([{ outcome: 'repeated' }, { outcome: 'repeated' }]);
    expect(await record(event, played('film', 0, 30))).toMatchObject({ percent: 33, seq: 2 });
    const progress = await get();
    expect(progress.nodes).toMatchObject([
      { id: 'week-1', state: 'started', percent: 50 },
      { id: 'intro', state: 'done', percent: 100 },
      { id: 'film', state: 'started', percent: 55, positionMs: 30_000 },
      { id: 'week-2', state: 'open', percent: 0 },
      { id: 'task', state: 'open', percent: 0 },
    ]);
    expect(progress).toMatchObject({ next: { lesson: 'film' }, lessons: 3, lessonsDone: 1, seq: 2 });
    expect(await record(played('film', 29, 56))).toMatchObject({ percent: 66, completed: ['film', 'week-1'] });
    const last = await record(happening('task', 'checked'));
    expect(last).toMatchObject({ percent: 100, completed: ['task', 'week-2'] });
    expect(last.completedAt).not.toBeNull();
    expect(await get()).toMatchObject({ percent: 100, next: null, completedAt: last.completedAt, lessonsDone: 3 });
    expect(await eventsOf(enrolment, 'lesson.completed')).toHaveLength(3);
    expect(await eventsOf(enrolment, 'unit.completed')).toHaveLength(2);
    expect(await eventsOf(enrolment, 'course.completed')).toHaveLength(1);
  });

  it('says of each event what became of it', async () => {
    const { record } = await learner([
      ...nodes,
      lesson('secret', null, { ...onSight, hidden: true }),
      lesson('later', null, { ...onSight, opens: { kind: 'instant', from: '2199-01-01T00:00:00Z' } }),
    ]);
    const wrong = [
      happening('nowhere', 'viewed'),
      happening('week-1', 'viewed'),
      happening('secret', 'viewed'),
      happening('later', 'viewed'),
      happening('intro', 'checked'),
      happening('intro', 'watched', { from: ago(9), segments: [[0, 1]] }),
      happening('film', 'watched', { segments: [[0, 1000]] }),
      happening('film', 'watched', { from: ago(9), segments: [[1000, 1000]] }),
      happening('film', 'spent'),
      happening('film', 'position'),
      happening('task', 'scored'),
      happening('task', 'happened'),
      happening('intro', 'viewed'),
    ];
    const { outcomes, percent } = await record(...wrong);
    expect(outcomes.map(({ code }) => code)).toEqual([
      ...['lesson_not_found', 'lesson_not_found', 'lesson_not_found', 'lesson_locked', 'kind_not_allowed'],
      ...['kind_not_allowed', 'field_missing', 'segments_invalid', 'field_missing', 'field_missing', 'field_missing'],
      ...['field_missing', null],
    ]);
    expect(percent).toBe(25);
  });

  it('lets a participant tell of themself alone, and nothing that is the host’s to say', async () => {
    const { course, name } = await learner();
    const other = await learner();
    const { token } = await laurel.api.participants.createToken({ participant: name });
    const body = {
      events: [happening('task', 'signed_off'), happening('task', 'submitted'), happening('intro', 'viewed')],
    };
    const answer = await ask(laurel, 'POST', `/courses/${course.slug}/progress`, { credential: token, body });
    expect(answer.status).toBe(200);
    expect(answer.json.outcomes.map(({ code }: { code: string }) => code)).toEqual([
      'kind_not_allowed',
      'kind_not_allowed',
      null,
    ]);
    const forOther = { ...body, participant: other.name };
    expect(
      (await ask(laurel, 'POST', `/courses/${course.slug}/progress`, { credential: token, body: forOther })).status,
    ).toBe(403);
    const elsewhere = await ask(laurel, 'POST', `/courses/${other.course.slug}/progress`, { credential: token, body });
    expect(elsewhere.json).toMatchObject({ code: 'not_enrolled' });
    expect((await ask(laurel, 'GET', `/courses/${other.course.slug}/progress`, { credential: token })).status).toBe(
      403,
    );
  });

  it('is done by the learner’s word where the rule takes it, else by staff’s', async () => {
    const { course, name, get } = await learner([
      lesson('open'),
      lesson('judged', null, { done: { kind: 'manual', by: 'staff' } }),
      lesson('film', null, video(60)),
      lesson('after', null, { opens: { kind: 'completed', node: 'judged' } }),
    ]);
    const { token } = await laurel.api.participants.createToken({ participant: name });
    const complete = (of: string) =>
      ask(laurel, 'POST', `/courses/${course.slug}/complete`, { credential: token, body: { lesson: of } });
    expect((await complete('open')).json).toMatchObject({ percent: 25, lessonsDone: 1 });
    expect((await complete('open')).json).toMatchObject({ percent: 25, seq: 1 });
    expect((await complete('judged')).json).toMatchObject({ code: 'completion_not_allowed' });
    expect((await complete('film')).json).toMatchObject({ code: 'completion_not_allowed' });
    expect((await complete('after')).json).toMatchObject({ code: 'lesson_locked', detail: 'Do "judged" first.' });
    expect((await complete('nowhere')).json).toMatchObject({ code: 'lesson_not_found' });
    const done = await laurel.api.progress.complete({ course: course.slug, participant: name, lesson: 'judged' });
    expect(done).toMatchObject({ percent: 50 });
    expect((await complete('after')).json).toMatchObject({ percent: 75 });
    expect((await get()).nodes.map(({ state }) => state)).toEqual(['done', 'done', 'open', 'done']);
  });

  it('is not done by having been at a session that is still to come', async () => {
    const at = (seconds: number) => ({ kind: 'live', url: 'https://meet.example/', startsAt: ago(-seconds) });
    const { course, name, record } = await learner([
      lesson('tomorrow', null, at(86_400)),
      lesson('begun', null, at(-60)),
    ]);
    const { token: credential } = await laurel.api.participants.createToken({ participant: name });
    const complete = (of: string) =>
      ask(laurel, 'POST', `/courses/${course.slug}/complete`, { credential, body: { lesson: of } });
    expect((await complete('tomorrow')).json).toMatchObject({ code: 'lesson_locked' });
    const { outcomes } = await record(happening('tomorrow', 'checked'), happening('tomorrow', 'viewed'));
    expect(outcomes).toMatchObject([{ code: 'lesson_locked' }, { outcome: 'recorded' }]);
    expect((await complete('begun')).json).toMatchObject({ percent: 50 });
    // Staff may know better.
    const done = await laurel.api.progress.complete({ course: course.slug, participant: name, lesson: 'tomorrow' });
    expect(done).toMatchObject({ percent: 100 });
  });

  it('lists the events of an enrolment, newest first', async () => {
    const { record, enrolment } = await learner();
    for (const event of [
      happening('intro', 'viewed'),
      played('film', 0, 10),
      happening('film', 'position', { positionMs: 5 }),
    ]) {
      await record(event);
    }
    const first = await laurel.api.progress.events({ enrolment, limit: 2 });
    expect(first.items.map(({ kind }) => kind)).toEqual(['position', 'watched']);
    expect(first.items[1]).toMatchObject({ segments: [[0, 10_000]], enrolment, suspect: false });
    const rest = await laurel.api.progress.events({ enrolment, limit: 2, cursor: first.nextCursor as string });
    expect(rest).toMatchObject({ items: [{ kind: 'viewed' }], nextCursor: null });
    expect((await laurel.api.progress.events({ enrolment, lesson: 'intro' })).items).toHaveLength(1);
    await expect(laurel.api.progress.events({ enrolment: randomUUID() })).rejects.toMatchObject({
      code: 'enrolment_not_found',
    });
    const far = Buffer.from(JSON.stringify([-8_000_000_000_000_000, randomUUID()])).toString('base64url');
    await expect(laurel.api.progress.events({ enrolment, cursor: far })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('goes with the host’s own transaction, and is gone with it', async () => {
    const { course, name, get } = await learner();
    const work = (fails: boolean) =>
      inHostTransaction(async (tx) => {
        await laurel.api.with(tx).progress.record({
          ...{ course: course.slug, participant: name },
          events: [happening('intro', 'viewed')],
        });
        if (fails) throw new Error('no');
      });
    await expect(work(true)).rejects.toThrow('no');
    expect(await get()).toMatchObject({ percent: 0, seq: 0 });
    await work(false);
    expect(await get()).toMatchObject({ percent: 33, seq: 1 });
  });

  it('counts each of 256 calls that come at once to one enrolment', async () => {
    const lessons = Array.from({ length: 64 }, (_, index) => lesson(`l${index}`, null, onSight));
    const { course, name, get, enrolment } = await learner(lessons);
    const answers = await Promise.all(
      Array.from({ length: 256 }, (_, index) =>
        laurel.api.progress.record({
          ...{ course: course.slug, participant: name },
          events: [happening(`l${index % 64}`, 'viewed')],
        }),
      ),
    );
    expect(answers.every(({ outcomes }) => outcomes[0]?.outcome === 'recorded')).toBe(true);
    expect(Math.max(...answers.map(({ percent }) => percent))).toBe(100);
    expect(await get()).toMatchObject({ percent: 100, lessonsDone: 64 });
    expect(await eventsOf(enrolment, 'lesson.completed')).toHaveLength(64);
    expect(await eventsOf(enrolment, 'course.completed')).toHaveLength(1);
  });

  it('is exact for 1,000 learners who finish the same lessons at once', async () => {
    const course = await seedCourse(laurel, nodes);
    const names = Array.from({ length: 1000 }, (_, index) => `crowd-${index}`);
    await seedEnrolments(laurel, course, names);
    const steps = [
      () => happening('intro', 'viewed'),
      () => played('film', 0, 30),
      () => played('film', 25, 56),
      () => happening('task', 'checked'),
    ];
    // The first three quarters of the learners do everything, the others all but the task; each event goes out twice.
    const calls = names.flatMap((participant, index) =>
      steps.slice(0, index < 750 ? 4 : 3).flatMap((step) => {
        const events = [step()];
        return [0, 1].map(() => () => laurel.api.progress.record({ course: course.slug, participant, events }));
      }),
    );
    calls.sort(() => Math.random() - 0.5);
    const answers = await Promise.all(calls.map((call) => call()));
    const recorded = answers.flatMap(({ outcomes }) => outcomes).filter(({ outcome }) => outcome === 'recorded');
    expect(recorded).toHaveLength(750 * 4 + 250 * 3);
    const rows = await sql<{ earned: number; total: number; done: boolean; learners: number }>(
      laurel,
      `select earned::int, total::int, completed_at is not null as done, count(*)::int as learners from $schema.enrolment
       where course_id = $1 group by 1, 2, 3 order by 1`,
      [course.id],
    );
    expect(rows).toEqual([
      { earned: 2, total: 3, done: false, learners: 250 },
      { earned: 3, total: 3, done: true, learners: 750 },
    ]);
    const [completions] = await sql<{ rows: number }>(
      laurel,
      `select count(*)::int as rows from $schema.event where name = 'course.completed' and payload ->> 'course' = $1`,
      [course.id],
    );
    expect(completions?.rows).toBe(750);
    expect(await laurel.recount({ of: 'courses' })).toEqual([]);
  }, 60_000);
});

describe(`complaints about percentages, on ${storageName}`, () => {
  it('frappe/lms#851: never shows more than 100 %', async () => {
    const { record, get } = await learner();
    const events = [happening('intro', 'viewed'), played('film', 0, 60), happening('task', 'checked')];
    for (let turn = 0; turn < 3; turn++) {
      const more = [happening('intro', 'viewed'), played('film', 0, 60, turn), happening('task', 'checked')];
      const { percent } = await record(...events, ...more);
      expect(percent).toBe(100);
    }
    expect(await get()).toMatchObject({ percent: 100, lessonsDone: 3, lessons: 3 });
  });

  it('oli-torus#3784: what nobody can reach does not keep from 100 %', async () => {
    const { record, get } = await learner([
      lesson('a', null, onSight),
      lesson('hidden', null, { ...onSight, hidden: true }),
      lesson('theirs', null, { ...onSight, cohorts: ['autumn'] }),
      lesson('waits', null, { ...onSight, opens: { kind: 'completed', node: 'hidden' } }),
      lesson('extra', null, { ...onSight, required: false }),
    ]);
    expect(await record(happening('a', 'viewed'))).toMatchObject({ percent: 100 });
    expect((await get()).nodes.map(({ id }) => id)).toEqual(['a', 'waits', 'extra']);
  });

  it('udacity#345: never falls when the course grows', async () => {
    const { course, record, get } = await learner([lesson('a', null, onSight), lesson('b', null, onSight)]);
    await record(happening('a', 'viewed'));
    await seedVersion(laurel, course, 2, [...course.nodes, lesson('c', null, onSight), lesson('d', null, onSight)]);
    await sql(laurel, 'update $schema.course set version = 2 where id = $1', [course.id]);
    expect(await get()).toMatchObject({ percent: 50, version: 1 });
    expect(await record(happening('b', 'viewed'))).toMatchObject({ percent: 100 });
  });

  it('lifterlms#2395: whoever is done with everything has completed the course, in the same moment, once', async () => {
    const { record, get, enrolment } = await learner(
      [lesson('a', null, onSight), lesson('b', null, onSight), lesson('c', null, onSight)],
      { sequential: true },
    );
    // The last lesson first, as a device that was offline would send it.
    await record(happening('c', 'viewed'));
    await record(happening('b', 'viewed'));
    expect(await get()).toMatchObject({ percent: 0, completedAt: null });
    const last = await record(happening('a', 'viewed'));
    expect(last).toMatchObject({ percent: 100, completed: ['a', 'b', 'c'] });
    expect(last.completedAt).not.toBeNull();
    expect(await eventsOf(enrolment, 'course.completed')).toHaveLength(1);
  });

  it('Moodle, Open edX: nothing waits for a job: the answer has it', async () => {
    const { record, get } = await learner([lesson('a', null, onSight)]);
    const { percent, completedAt, seq } = await record(happening('a', 'viewed'));
    expect(percent).toBe(100);
    expect(await get()).toMatchObject({ percent, completedAt, seq });
  });
});

describe(`complaints about what was not earned, on ${storageName}`, () => {
  const timed = [lesson('page', null, { done: { kind: 'time', seconds: 60 } })];

  it('frappe/lms#531: thirty seconds open is not done, nor is a minute on two devices at once', async () => {
    const { record, stateOf } = await learner(timed);
    await record(happening('page', 'viewed'), spent('page', 30, 0));
    expect(await stateOf('page')).toMatchObject({ state: 'started', percent: 50 });
    await record(spent('page', 30, 0, { device: 'phone' }), spent('page', 29, 0, { device: 'desk' }));
    expect(await stateOf('page')).toMatchObject({ state: 'started' });
    await record(spent('page', 90, 60));
    expect(await stateOf('page')).toMatchObject({ state: 'done' });
  });

  it('a clock that is fast loses nothing and gains nothing', async () => {
    for (const fast of [40, 150, 86_400]) {
      const { record, stateOf, enrolment } = await learner(timed);
      await record(happening('page', 'spent', { from: ago(30 - fast), occurredAt: ago(-fast) }));
      expect(await stateOf('page')).toMatchObject({ percent: 50 });
      const { items } = await laurel.api.progress.events({ enrolment });
      expect(items[0]?.occurredAt).toBe(items[0]?.receivedAt);
      expect(items[0]?.suspect).toBe(false);
    }
  });

  it('an hour of reading cannot be claimed in the first minute of a course', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const pages = names.map((id) => lesson(id, null, { done: { kind: 'time', seconds: 60 } }));
    const { course } = await learner(pages);
    const enrolledFor = async (seconds: number) => {
      const participant = `reader-${++count}`;
      const [enrolment = ''] = await seedEnrolments(laurel, course, [participant], {
        since: new Date(Date.now() - seconds * 1000),
      });
      const record = (...events: never[]) => laurel.api.progress.record({ course: course.slug, participant, events });
      const flagged = async () =>
        (await laurel.api.progress.events({ enrolment })).items
          .filter(({ suspect }) => suspect)
          .map((each) => each.lesson);
      return { record, flagged };
    };
    // Most of a day before the enrolment, lesson by lesson, in its first second.
    const cheat = await enrolledFor(1);
    await cheat.record(...names.map((name, place) => spent(name, 82_800 - place * 3600, 79_200 - place * 3600)));
    expect((await cheat.flagged()).sort()).toEqual([...names].sort());
    // Each no longer than there was time for, but all of them together.
    const patient = await enrolledFor(60);
    for (const name of names) await patient.record(spent(name, 60, 0), spent(name, 60, 0));
    expect(new Set(await patient.flagged())).toEqual(new Set(['three', 'four']));
    // Whoever read before the first event arrived, on a page with a video, after ten minutes.
    const honest = await enrolledFor(600);
    for (const name of names) await honest.record(spent(name, 600, 450), spent(name, 300, 150));
    expect(await honest.flagged()).toEqual([]);
    const tireless = await enrolledFor(86_400);
    await tireless.record(spent('one', 20_000, 5000), spent('two', 5000, 1000));
    expect(await tireless.flagged()).toEqual(['one']);
    expect(await laurel.recount({ of: 'courses' })).toEqual([]);
  });

  it('frappe/lms#578, #865: what must come first comes first, and says so', async () => {
    const { course, name, record, get } = await learner([
      unit('one'),
      lesson('a', 'one', onSight),
      unit('two', null, { opens: { kind: 'completed', node: 'one' } }),
      lesson('b', 'two'),
    ]);
    expect((await get()).nodes.map(({ state }) => state)).toEqual(['open', 'open', 'locked', 'locked']);
    const early = laurel.api.progress.complete({ course: course.slug, participant: name, lesson: 'b' });
    await expect(early).rejects.toMatchObject({ code: 'lesson_locked', detail: 'Do "one" first.' });
    // What an offline device tells is kept, and counts once what comes first is there.
    expect(await record(happening('b', 'checked'))).toMatchObject({ percent: 0, completed: [] });
    expect(await record(happening('a', 'viewed'))).toMatchObject({ percent: 100, completed: ['a', 'one', 'b', 'two'] });
  });
});

describe(`complaints about video and devices, on ${storageName}`, () => {
  const film = [lesson('film', null, video(60))];

  it('mentingo#1532, mod_supervideo#73: what was played is not overwritten by what is played later', async () => {
    const { record, stateOf } = await learner(film);
    await record(played('film', 0, 30, 40));
    await record(played('film', 0, 3, 20));
    await record(played('film', 40, 45, 1));
    expect(await stateOf('film')).toMatchObject({ percent: Math.floor((58 / 90) * 100), positionMs: 45_000 });
  });

  it('scrimba#484: playing it again never un-completes', async () => {
    const { record, stateOf } = await learner(film);
    await record(played('film', 0, 60, 90));
    const before = await stateOf('film');
    expect(before).toMatchObject({ state: 'done', percent: 100 });
    expect(await record(played('film', 0, 2, 1))).toMatchObject({ percent: 100, completed: [] });
    expect(await stateOf('film')).toMatchObject({ ...before, positionMs: 2_000 });
  });

  it('openedx-app-ios#437, myplanet#13598: devices that were offline add to each other', async () => {
    const { record, stateOf } = await learner(film);
    const phone = [played('film', 0, 20, 300, { device: 'phone' }), played('film', 20, 35, 200, { device: 'phone' })];
    const desk = [played('film', 30, 60, 250, { device: 'desk' })];
    // The desk comes back first; the phone sends everything twice, the later part first.
    await record(...desk);
    await record(...[...phone].reverse());
    const last = await record(...phone);
    expect(last.percent).toBe(100);
    // Where it was left: by the clock of what happened, not of what arrived.
    expect(await stateOf('film')).toMatchObject({ state: 'done', positionMs: 35_000 });
  });

  it('kolibri#8439: the same answer for every device that asks', async () => {
    const { record, get } = await learner(film);
    const event = played('film', 0, 30);
    const [first, second] = await Promise.all([record(event), record(event)]);
    expect([first, second].map(({ outcomes }) => outcomes[0]?.outcome).sort()).toEqual(['recorded', 'repeated']);
    const [one, two] = await Promise.all([get(), get()]);
    expect(one).toEqual(two);
  });
});

describe(`what cannot be, on ${storageName}`, () => {
  const suspects = (enrolment: string) =>
    sql<{ suspect: boolean }>(laurel, 'select suspect from $schema.progress_event where enrolment_id = $1', [
      enrolment,
    ]);

  it('is counted for the learner, and told once a lesson', async () => {
    const { record, enrolment } = await learner([lesson('film', null, video(600)), lesson('other', null, video(60))]);
    const claim = () => happening('film', 'watched', { from: ago(5), occurredAt: ago(0), segments: [[0, 300_000]] });
    expect(await record(claim())).toMatchObject({ percent: 0 });
    await record(claim(), claim());
    expect(await suspects(enrolment)).toEqual(Array(3).fill({ suspect: true }));
    expect(await eventsOf(enrolment, 'progress.suspected')).toMatchObject([{ payload: { lesson: 'film' } }]);
    await record(played('other', 0, 60));
    expect(await eventsOf(enrolment, 'progress.suspected')).toHaveLength(1);
  });

  it('makes no day of a streak', async () => {
    const { record, get } = await learner([lesson('film', null, video(600)), lesson('page', null, onSight)]);
    await record(happening('film', 'watched', { from: ago(5), occurredAt: ago(0), segments: [[0, 300_000]] }));
    await record(spent('page', 40 * 86_400 + 10, 40 * 86_400));
    expect((await get()).streak).toMatchObject({ current: 0, longest: 0, today: false });
    expect(await laurel.recount({ of: 'courses', rebuild: true })).toEqual([]);
    await record(happening('page', 'viewed', { occurredAt: ago(0) }));
    expect((await get()).streak).toMatchObject({ current: 1, longest: 1, today: true });
  });

  it('is a speed above four, a day before the enrolment, more video than there was time', async () => {
    const of = [lesson('film', null, video(86_000))];
    const flagged = async (...events: never[]) => {
      const { record, enrolment } = await learner(of);
      await record(...events);
      return (await suspects(enrolment)).map(({ suspect }) => suspect);
    };
    expect(await flagged(played('film', 0, 20, 0, { from: ago(10), rate: 200 }))).toEqual([false]);
    expect(await flagged(played('film', 0, 50, 0, { from: ago(10), rate: 500 }))).toEqual([true]);
    expect(await flagged(played('film', 0, 9, -600))).toEqual([false]);
    expect(await flagged(played('film', 0, 9, 40 * 86_400))).toEqual([true]);
    const { course } = await learner(of);
    const name = `late-${++count}`;
    const [enrolment = ''] = await seedEnrolments(laurel, course, [name], { since: new Date(Date.now() - 60_000) });
    const record = (...events: never[]) =>
      laurel.api.progress.record({ course: course.slug, participant: name, events });
    // Two minutes at four times are eight: the third claim of three minutes, all over time that overlaps, is one too many.
    const claims = [0, 1, 2].map((turn) =>
      played('film', turn * 180, turn * 180 + 180, 0, { from: ago(60), rate: 300 }),
    );
    await record(claims[0] as never, claims[1] as never);
    await record(...claims);
    expect((await suspects(enrolment)).filter(({ suspect }) => suspect)).toHaveLength(1);
    expect(await laurel.recount({ of: 'courses' })).toEqual([]);
  });
});

describe(`courses and contests on ${storageName}`, () => {
  const earning = [
    unit('week-1', null, { event: 'week-1' }),
    lesson('a', 'week-1', { ...onSight, event: 'lesson-a' }),
    lesson('film', 'week-1', video(60)),
  ];
  const scoring = [
    { event: 'week-1', points: 100 },
    { event: 'course.completed', points: 10 },
    { event: 'lesson.completed', points: 1 },
    { event: '*', points: 5000 },
  ];

  it('gives the points of what was done once, and nothing for what cannot be', async () => {
    await seed(laurel.api, [], { scoring });
    const honest = await learner(earning, { program: 'friends' });
    await honest.record(happening('a', 'viewed'), played('film', 0, 60));
    await honest.record(happening('a', 'viewed'), played('film', 0, 60));
    const cheat = await learner(earning, { program: 'friends' });
    await cheat.record(
      happening('a', 'viewed'),
      happening('film', 'watched', { from: ago(1), segments: [[0, 60_000]] }),
    );
    expect(await cheat.get()).toMatchObject({ percent: 100 });
    await settled(laurel);
    const ledger = await sql<{ cause: string; points: number; participant_id: string }>(
      laurel,
      'select cause, points::int, participant_id from $schema.ledger order by cause',
    );
    const { course } = honest;
    const of = (name: string) => laurel.api.participants.get({ participant: name });
    const { id } = await of(honest.name);
    const cheater = await of(cheat.name);
    expect(
      ledger.filter(({ participant_id }) => participant_id === id).map(({ cause, points }) => [cause, points]),
    ).toEqual(
      [
        [`course:${course.id}:week-1:${id}`, 100],
        [`course:${course.id}::${id}:any`, 10],
        [`course:${course.id}:a:${id}:any`, 1],
        [`course:${course.id}:film:${id}:any`, 1],
      ].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
    expect(ledger.filter(({ participant_id }) => participant_id === cheater.id).map(({ cause }) => cause)).toEqual([
      `course:${cheat.course.id}:a:${cheater.id}:any`,
    ]);
    const { sources } = await laurel.api.entries.me({ contest: 'spring', participant: honest.name });
    expect(sources).toEqual([
      { source: 'course', name: 'week-1', times: 1, points: 100 },
      { source: 'course', name: null, times: 1, points: 10 },
      { source: 'course', name: 'a', times: 1, points: 1 },
      { source: 'course', name: 'film', times: 1, points: 1 },
    ]);
    expect(await laurel.recount()).toEqual([]);
  });
});
