import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { happening } from './learning.ts';
import { ask, storageName, testLaurel } from './support.ts';

const day = 86_400_000;

describe(`what a clock opens (${storageName})`, () => {
  let laurel: TestLaurel;
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
  const post = (path: string, body: Record<string, unknown>, credential = laurel.secretKey) =>
    ask(laurel, 'POST', path, { credential, body });

  beforeAll(async () => {
    laurel = await testLaurel();
    laurel.travelTo(new Date('2030-01-01T12:00:00Z'));
    for (const name of ['ada', 'bob', 'cleo']) await laurel.api.participants.upsert({ externalId: name });
  });

  async function publish(slug: string, settings: Record<string, unknown>, opens: Record<string, unknown>) {
    expect((await post('/courses', { slug, name: slug, ...settings })).status).toBe(201);
    const nodes = [
      { id: 'first', type: 'lesson', title: 'First' },
      { id: 'later', type: 'lesson', title: 'Later', opens },
    ];
    const path = `/courses/${slug}/draft`;
    await ask(laurel, 'PUT', path, { credential: laurel.secretKey, body: { revision: 0, nodes } });
    expect((await post(`/courses/${slug}/publish`, { revision: 1 })).status).toBe(201);
  }

  const enrol = async (course: string, participant: string, timeZone: string) =>
    expect((await post(`/courses/${course}/enroll`, { timeZone }, await tokenOf(participant))).status).toBe(200);

  /** That it opens for somebody at this instant: told before, refused until then, taken from then on. */
  async function opensAt(course: string, participant: string, instant: string) {
    const at = Date.parse(instant);
    // A token is short-lived.
    const own = () => tokenOf(participant);
    const outline = async () =>
      (await ask(laurel, 'GET', `/courses/${course}/outline`, { credential: await own() })).json.nodes[1];
    const check = async (now: number) => {
      const event = { ...(happening('later', 'checked') as object), occurredAt: new Date(now).toISOString() };
      return (await post(`/courses/${course}/progress`, { events: [event] }, await own())).json;
    };
    laurel.travelTo(new Date(at - 1000));
    const locks = [{ kind: 'date', node: null, title: null, atLeast: null, opensAt: new Date(at).toISOString() }];
    expect(await outline()).toMatchObject({ state: 'locked', locks, opensAt: new Date(at).toISOString() });
    expect(await check(at - 1000)).toMatchObject({ outcomes: [{ outcome: 'refused', code: 'lesson_locked' }] });
    laurel.travelTo(new Date(at));
    expect(await outline()).toMatchObject({ state: 'open', locks: [], opensAt: null });
    expect(await check(at)).toMatchObject({ outcomes: [{ outcome: 'recorded' }], percent: 50 });
  }

  it('goes by the clock of each learner where the course says so, and else by its own', async () => {
    const at = { kind: 'date', from: '2030-03-01T09:00' };
    await publish('own-clocks', { timeZone: 'Europe/Lisbon', dripZone: 'learner' }, at);
    await publish('one-clock', { timeZone: 'Europe/Lisbon' }, at);
    for (const course of ['own-clocks', 'one-clock']) {
      laurel.travelTo(new Date('2030-01-01T12:00:00Z'));
      await enrol(course, 'ada', 'Pacific/Kiritimati');
      await enrol(course, 'bob', 'America/Los_Angeles');
    }
    await opensAt('own-clocks', 'ada', '2030-02-28T19:00:00Z');
    await opensAt('one-clock', 'ada', '2030-03-01T09:00:00Z');
    await opensAt('one-clock', 'bob', '2030-03-01T09:00:00Z');
    await opensAt('own-clocks', 'bob', '2030-03-01T17:00:00Z');
  });

  it('counts days of the learner’s own clock from their enrolment', async () => {
    await publish('own-days', { dripZone: 'learner' }, { kind: 'days', since: 'enrolment', days: 7, at: '09:00' });
    // On the 2nd in Kiritimati, and still on the 1st in Los Angeles.
    laurel.travelTo(new Date('2030-01-01T12:00:00Z'));
    await enrol('own-days', 'ada', 'Pacific/Kiritimati');
    await enrol('own-days', 'bob', 'America/Los_Angeles');
    await opensAt('own-days', 'ada', '2030-01-08T19:00:00Z');
    await opensAt('own-days', 'bob', '2030-01-08T17:00:00Z');
  });

  it('counts days from the start of the cohort, else of the course, else from the enrolment', async () => {
    const opens = { kind: 'days', since: 'start', days: 2, at: '09:00' };
    const start = Date.parse('2030-05-01T08:00:00Z');
    await publish('starting', { startsAt: new Date(start).toISOString() }, opens);
    await publish('never-starting', {}, opens);
    const cohort = async (slug: string, startsAt: string | null) =>
      expect((await post('/courses/starting/cohorts', { slug, name: slug, startsAt })).status).toBe(201);
    await cohort('late', new Date(start + 10 * day).toISOString());
    await cohort('with-the-course', null);
    laurel.travelTo(new Date('2030-04-01T12:00:00Z'));
    for (const [participant, name] of [
      ['ada', 'late'],
      ['bob', 'with-the-course'],
    ] as const) {
      const body = { participant, cohort: name, timeZone: 'UTC' };
      expect((await post('/courses/starting/enroll', body)).status).toBe(200);
    }
    await enrol('starting', 'cleo', 'UTC');
    await enrol('never-starting', 'cleo', 'UTC');
    await opensAt('never-starting', 'cleo', '2030-04-03T09:00:00Z');
    await opensAt('starting', 'cleo', '2030-05-03T09:00:00Z');
    await opensAt('starting', 'bob', '2030-05-03T09:00:00Z');
    await opensAt('starting', 'ada', '2030-05-13T09:00:00Z');
  });
});
