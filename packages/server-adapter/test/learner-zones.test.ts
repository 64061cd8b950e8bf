import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { happening, lesson, onSight, seedCourse } from './learning.ts';
import { ask, sql, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
let course = '';
beforeAll(async () => {
  laurel = await testLaurel();
  // In Los Angeles it is half past eleven in the evening of the 9th.
  laurel.travelTo(new Date('2026-03-10T06:30:00Z'));
  ({ slug: course } = await seedCourse(laurel, [lesson('page'), lesson('film', null, onSight)]));
});

let count = 0;
async function learner(timeZone?: string) {
  const participant = `traveller-${++count}`;
  await laurel.api.participants.upsert({ externalId: participant });
  const enrol = (into: string) =>
    laurel.api.enrolments.enroll({ course: into, participant, ...(timeZone && { timeZone }) });
  const { id } = await enrol(course);
  const { token: credential } = await laurel.api.participants.createToken({ participant });
  const see = (occurredAt: string, zone?: string) =>
    laurel.api.progress.record({
      ...{ course, participant },
      events: [happening('film', 'viewed', { occurredAt, timeZone: zone })],
    });
  const zone = async () => (await laurel.api.enrolments.get({ enrolment: id })).timeZone;
  const days = async () =>
    (
      await sql<{ day: string }>(
        laurel,
        `select day::text from $schema.learning_day join $schema.participant on id = participant_id where external_id = $1 order by 1`,
        [participant],
      )
    ).map(({ day }) => day);
  return { participant, credential, see, zone, days };
}

describe(`the day of a learner (${storageName})`, () => {
  it('is their own late in the evening, though nobody says in which zone', async () => {
    const { participant, credential, days } = await learner('America/Los_Angeles');
    const done = await ask(laurel, 'POST', `/courses/${course}/complete`, { credential, body: { lesson: 'page' } });
    expect(done.json).toMatchObject({ streak: { current: 1, today: true } });
    expect(done.json.streak.days).toEqual([{ day: '2026-03-09', kind: 'learnt' }]);
    expect(await days()).toEqual(['2026-03-09']);
    // An hour later it is the next day there.
    laurel.travelTo(new Date('2026-03-10T07:30:00Z'));
    expect(await laurel.api.streaks.get({ participant })).toMatchObject({ current: 1, today: false });
    laurel.travelTo(new Date('2026-03-10T06:30:00Z'));
    expect(await laurel.api.streaks.get({ participant })).toMatchObject({ current: 1, today: true });
  });

  it('goes along with them, whatever the order in which their devices tell', async () => {
    const told: [occurredAt: string, zone?: string][] = [
      ['2026-03-09T06:30:00Z', 'Asia/Tokyo'],
      ['2026-03-10T05:00:00Z', 'America/Los_Angeles'],
      ['2026-03-08T12:00:00Z', 'Europe/Lisbon'],
    ];
    for (const order of [told, [...told].reverse(), [told[1], told[0], told[2]]]) {
      const { see, zone, days } = await learner('Europe/Lisbon');
      for (const each of order) if (each) await see(...each);
      expect(await zone()).toBe('America/Los_Angeles');
      await see('2026-03-10T06:29:00Z');
      expect(await days()).toEqual(['2026-03-08', '2026-03-09']);
      expect(await zone()).toBe('America/Los_Angeles');
    }
    expect(await laurel.recount({ of: 'courses' })).toEqual([]);
  });

  it('is not where staff sit who sign something off', async () => {
    const { participant, zone } = await learner('America/Los_Angeles');
    await laurel.api.progress.complete({ course, participant, lesson: 'page', timeZone: 'Asia/Tokyo' });
    expect(await zone()).toBe('America/Los_Angeles');
  });

  it('begins in a further course where they were last, else where the course is', async () => {
    const { slug: further } = await seedCourse(laurel, [lesson('page')]);
    await sql(laurel, `update $schema.course set time_zone = 'Europe/Lisbon' where slug = $1`, [further]);
    const { participant, see } = await learner();
    await see('2026-03-10T06:00:00Z', 'Asia/Tokyo');
    expect(await laurel.api.enrolments.enroll({ course: further, participant })).toMatchObject({
      timeZone: 'Asia/Tokyo',
    });
    await laurel.api.participants.upsert({ externalId: 'newcomer' });
    expect(await laurel.api.enrolments.enroll({ course: further, participant: 'newcomer' })).toMatchObject({
      timeZone: 'Europe/Lisbon',
    });
  });
});
