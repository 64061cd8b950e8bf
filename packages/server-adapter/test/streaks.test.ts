import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { happening, lesson, onSight, seedCourse, seedEnrolments } from './learning.ts';
import { ask, sql, storageName, testLaurel } from './support.ts';

describe(`streaks (${storageName})`, () => {
  let laurel: TestLaurel;
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
  const learn = (participant: string, days: [day: string, firstAt: string, lastAt?: string][]) =>
    Promise.all(
      days.map(([day, firstAt, lastAt = firstAt]) =>
        sql(
          laurel,
          `insert into $schema.learning_day (participant_id, day, first_at, last_at)
           select id, $2::date, $3::timestamptz, $4::timestamptz from $schema.participant where external_id = $1`,
          [participant, day, firstAt, lastAt],
        ),
      ),
    );
  const own = async (participant: string, timeZone = 'UTC') =>
    (await ask(laurel, 'GET', `/streak?timeZone=${timeZone}`, { credential: await tokenOf(participant) })).json;

  beforeAll(async () => {
    laurel = await testLaurel();
    laurel.travelTo(new Date('2026-03-10T12:00:00Z'));
    for (const name of ['ada', 'bob', 'cleo', 'dan']) {
      await laurel.api.participants.upsert({ externalId: name });
    }
  });

  it('are read as of today where the learner is, with no job having run', async () => {
    await learn('ada', [
      ['2026-03-05', '2026-03-05T10:00:00Z'],
      ['2026-03-08', '2026-03-08T10:00:00Z'],
      ['2026-03-09', '2026-03-09T10:00:00Z', '2026-03-09T20:00:00Z'],
      ['2026-03-10', '2026-03-10T08:00:00Z'],
    ]);
    expect(await own('ada')).toEqual({
      ...{ current: 3, longest: 3, today: true, freezes: 0 },
      days: ['05', '08', '09', '10'].map((day) => ({ day: `2026-03-${day}`, kind: 'learnt' })),
    });
    // In Kiritimati it is the 11th already; nothing is lost before that day ends.
    expect(await own('ada', 'Pacific/Kiritimati')).toMatchObject({ current: 3, today: false });
    laurel.travelTo(new Date('2026-03-11T23:59:00Z'));
    expect(await own('ada')).toMatchObject({ current: 3, today: false });
    laurel.travelTo(new Date('2026-03-12T08:00:00Z'));
    expect(await own('ada')).toMatchObject({ current: 0, longest: 3, today: false });
    laurel.travelTo(new Date('2026-03-10T12:00:00Z'));
  });

  it('answer the same over the date line in SQL', async () => {
    await learn('bob', [
      ['2026-03-07', '2026-03-08T06:00:00Z'],
      ['2026-03-08', '2026-03-09T06:00:00Z', '2026-03-09T07:00:00Z'],
      ['2026-03-10', '2026-03-09T18:00:00Z'],
    ]);
    const streak = await own('bob', 'Pacific/Kiritimati');
    expect(streak).toMatchObject({ current: 3, longest: 3 });
    expect(streak.days).toContainEqual({ day: '2026-03-09', kind: 'skipped' });
  });

  it('hold over the date line, from a morning before to an evening after', async () => {
    const course = await seedCourse(laurel, [lesson('page', null, onSight)]);
    await seedEnrolments(laurel, course, ['eve', 'eli'], { since: new Date('2026-03-01T00:00:00Z') });
    const view = (participant: string, occurredAt: string, timeZone: string) =>
      laurel.api.progress.record({
        ...{ course: course.slug, participant },
        events: [happening('page', 'viewed', { occurredAt, timeZone })],
      });
    // The last first, as from a device that was off: Sunday 08:00 in Honolulu, Tuesday 20:00 in Kiritimati.
    await view('eve', '2026-03-10T06:00:00Z', 'Pacific/Kiritimati');
    await view('eve', '2026-03-08T18:00:00Z', 'Pacific/Honolulu');
    await view('eve', '2026-03-08T20:00:00Z', 'America/Los_Angeles');
    const streak = await own('eve', 'Pacific/Kiritimati');
    expect(streak).toMatchObject({ current: 2, today: false });
    expect(streak.days).toContainEqual({ day: '2026-03-09', kind: 'skipped' });
    // Whoever was there already has left Monday out.
    await view('eli', '2026-03-07T18:00:00Z', 'Pacific/Kiritimati');
    await view('eli', '2026-03-10T06:00:00Z', 'Pacific/Kiritimati');
    expect(await own('eli', 'Pacific/Kiritimati')).toMatchObject({ current: 1 });
  });

  it('are of all courses for the host, who says whose', async () => {
    const asked = await ask(laurel, 'GET', '/streak?participant=ada', { credential: laurel.secretKey });
    expect(asked.json.current).toBe(3);
    const refusals = [
      [await tokenOf('ada'), '/streak?participant=bob', 'forbidden'],
      [laurel.secretKey, '/streak', 'participant_not_found'],
      [laurel.secretKey, '/streak?participant=nobody', 'participant_not_found'],
      [laurel.publishableKey, '/streak', 'forbidden'],
    ] as const;
    for (const [credential, path, code] of refusals) {
      expect((await ask(laurel, 'GET', path, { credential })).json.code).toBe(code);
    }
  });

  it('take freezes, each key once however often it is sent at the same time', async () => {
    await learn('cleo', [
      ['2026-03-06', '2026-03-06T10:00:00Z'],
      ['2026-03-08', '2026-03-08T10:00:00Z'],
    ]);
    const grant = (body: Record<string, unknown>) =>
      ask(laurel, 'POST', '/streak/freezes', { credential: laurel.secretKey, body });
    const body = { participant: 'cleo', day: '2026-03-01', freezes: 3, idempotencyKey: 'welcome' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => grant(body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await own('cleo')).toMatchObject({ current: 4, freezes: 1 });
    for (const other of [{ freezes: 4 }, { day: '2026-03-02' }]) {
      expect((await grant({ ...body, ...other })).json.code).toBe('idempotency_key_reused');
    }
    // The key is of this participant alone.
    expect((await grant({ ...body, participant: 'dan' })).status).toBe(201);
    expect((await grant({ ...body, participant: 'nobody' })).json.code).toBe('participant_not_found');
    expect(await own('cleo')).toMatchObject({ current: 4, freezes: 1 });
    expect(await own('dan')).toMatchObject({ current: 0, freezes: 3, days: [] });
  });
});
