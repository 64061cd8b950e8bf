import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { courseOf, statesOf, stepsOf } from './enrolment-stage.ts';
import { ask, newcomers, seed, sql, storageName, testLaurel } from './support.ts';

const hour = 3_600_000;
const inHours = (count: number) => new Date(Date.now() + count * hour).toISOString();

describe(`cohorts (${storageName})`, () => {
  let laurel: TestLaurel;
  let ada: string;
  const newcomer = newcomers(() => laurel);
  const host = (method: string, path: string, body?: unknown) =>
    ask(laurel, method, path, { credential: laurel.secretKey, ...(body !== undefined && { body }) });
  const cohort = (course: string, slug: string, more: Record<string, unknown> = {}) =>
    host('POST', `/courses/${course}/cohorts`, { slug, name: slug, ...more });
  const enrol = async (course: string, cohortSlug: string | undefined, participant?: string) =>
    (
      await host('POST', `/courses/${course}/enroll`, {
        participant: participant ?? (await newcomer()),
        ...(cohortSlug && { cohort: cohortSlug }),
      })
    ).json;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada']);
    ada = (await laurel.api.participants.createToken({ participant: 'ada' })).token;
  });

  it('are made once by their slug, and must work', async () => {
    await courseOf(laurel, 'made');
    const made = await cohort('made', 'spring', { startsAt: inHours(1), endsAt: inHours(2), seats: 3 });
    expect(made).toMatchObject({ status: 201, json: { course: 'made', slug: 'spring', seatsLeft: 3, learners: 0 } });
    expect((await cohort('made', 'spring')).json.code).toBe('slug_taken');
    for (const wrong of [
      { startsAt: inHours(2), endsAt: inHours(1) },
      { opensAt: inHours(2), closesAt: inHours(2) },
    ]) {
      expect((await cohort('made', 'wrong', wrong)).json.code).toBe('cohort_invalid');
    }
    expect((await cohort('nothing', 'spring')).json.code).toBe('course_not_found');
  });

  it('are listed with the next to start first, how many learn in them to the host alone', async () => {
    await courseOf(laurel, 'listing');
    const starts = { soon: inHours(1), later: inHours(5), before: inHours(-5), lately: inHours(-1), whenever: null };
    for (const [slug, startsAt] of Object.entries(starts)) await cohort('listing', slug, { startsAt });
    await enrol('listing', 'soon');
    const slugs: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await ask(laurel, 'GET', `/courses/listing/cohorts?limit=2${cursor ? `&cursor=${cursor}` : ''}`, {
        credential: laurel.publishableKey,
      });
      for (const each of page.json.items) {
        slugs.push(each.slug);
        expect(each.learners).toBeNull();
      }
      cursor = page.json.nextCursor;
    } while (cursor);
    expect(slugs).toEqual(['soon', 'later', 'whenever', 'lately', 'before']);
    const told = await host('GET', '/courses/listing/cohorts?limit=1');
    expect(told.json.items[0]).toMatchObject({ slug: 'soon', learners: 1 });
  });

  it('take participants in at their time; the host at any', async () => {
    await courseOf(laurel, 'timed');
    await cohort('timed', 'early', { opensAt: inHours(1) });
    await cohort('timed', 'late', { closesAt: inHours(-1) });
    await cohort('timed', 'ended', { endsAt: inHours(-1) });
    for (const slug of ['early', 'late', 'ended']) {
      const { json } = await ask(laurel, 'POST', '/courses/timed/enroll', { credential: ada, body: { cohort: slug } });
      expect(json.code, slug).toBe('enrolment_closed');
      expect((await enrol('timed', slug)).state, slug).toBe('active');
    }
    laurel.travelTo(new Date(Date.now() + 2 * hour));
    const { token } = await laurel.api.participants.createToken({ participant: 'ada' });
    const { json } = await ask(laurel, 'POST', '/courses/timed/enroll', {
      ...{ credential: token, body: { cohort: 'early' } },
    });
    expect(json).toMatchObject({ state: 'active', cohort: 'early' });
    laurel.travelTo(null);
  });

  it('have seats of their own, and a full one holds nobody else up', async () => {
    await courseOf(laurel, 'seats', { seats: 3 });
    await cohort('seats', 'one', { seats: 1 });
    await cohort('seats', 'two', { seats: 5 });
    expect((await enrol('seats', 'one')).state).toBe('active');
    const waiting = await enrol('seats', 'one');
    expect(waiting).toMatchObject({ state: 'waiting', position: 1 });
    expect((await enrol('seats', 'two')).state).toBe('active');
    expect((await enrol('seats', undefined)).state).toBe('active');
    expect(await enrol('seats', 'two')).toMatchObject({ state: 'waiting', position: 2 });
    // More seats in the cohort are none in the course.
    await host('PATCH', '/courses/seats/cohorts/one', { seats: 2 });
    expect(await statesOf(laurel, 'seats')).toEqual({ active: 3, waiting: 2 });
  });

  it('give more seats to the line at once, and never fewer than are taken', async () => {
    await courseOf(laurel, 'resized');
    await cohort('resized', 'one', { seats: 2 });
    for (let count = 0; count < 5; count++) await enrol('resized', 'one');
    expect((await host('PATCH', '/courses/resized/cohorts/one', { seats: 1 })).json.code).toBe('cohort_invalid');
    const { json } = await host('PATCH', '/courses/resized/cohorts/one', { seats: 4, name: 'First' });
    expect(json).toMatchObject({ name: 'First', seats: 4, seatsLeft: 0, learners: 4 });
    expect((await host('PATCH', '/courses/resized/cohorts/one', { seats: null })).json.learners).toBe(5);
    expect((await host('PATCH', '/courses/resized/cohorts/none', {})).json.code).toBe('cohort_not_found');
    const turned = await host('PATCH', '/courses/resized/cohorts/one', { startsAt: inHours(2), endsAt: inHours(1) });
    expect(turned.json.code).toBe('cohort_invalid');
  });

  it('are changed for a learner where there is a seat, with what counts there', async () => {
    await courseOf(laurel, 'moving', {}, ['one', { id: 'two', cohorts: ['blue'] }, { id: 'three', cohorts: ['blue'] }]);
    await cohort('moving', 'red', { seats: 1 });
    await cohort('moving', 'blue', { seats: 1 });
    const inRed = await enrol('moving', 'red');
    const waiting = await enrol('moving', 'red');
    const inBlue = await enrol('moving', 'blue');
    const move = (id: string, to: string | null) => host('POST', `/enrolments/${id}/move`, { cohort: to });
    expect((await move(inRed.id, 'blue')).json.code).toBe('course_full');
    expect((await move(inRed.id, 'green')).json.code).toBe('cohort_not_found');
    await sql(laurel, 'update $schema.enrolment set earned = 1 where id = $1', [inRed.id]);
    await sql(
      laurel,
      `insert into $schema.lesson_state (enrolment_id, lesson, checked_at, first_at, last_at, completed_at)
       values ($1, 'one', now(), now(), now(), now())`,
      [inRed.id],
    );
    expect((await host('POST', `/enrolments/${inBlue.id}/cancel`, {})).json.state).toBe('cancelled');
    expect((await host('GET', `/enrolments/${inRed.id}`)).json.percent).toBe(100);
    expect((await move(inRed.id, 'blue')).json).toMatchObject({ cohort: 'blue', state: 'active', percent: 33 });
    // The seat they left is the next one's.
    expect((await host('GET', `/enrolments/${waiting.id}`)).json.state).toBe('active');
    expect((await move(inRed.id, null)).json).toMatchObject({ cohort: null, percent: 100 });
    expect((await move(inBlue.id, 'blue')).json.code).toBe('enrolment_state_conflict');
    expect((await stepsOf(laurel, waiting.id)).at(-1)).toBe('waiting > active: a seat is free');
  });
});
