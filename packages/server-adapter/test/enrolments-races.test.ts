import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { courseOf, eventsOf, sessionOf, statesOf, stepsOf, tellSeats } from './enrolment-stage.ts';
import { webhookSecret } from './stripe-events.ts';
import { ask, eventually, newcomers, seed, sql, storageName, testLaurel } from './support.ts';

const price = { minor: 4900, currency: 'EUR' };

describe(`seats at once (${storageName})`, () => {
  let laurel: TestLaurel;
  let crowd: string[];
  const newcomer = newcomers(() => laurel);
  const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)));
  const enrol = async (course: string, participant: string, more: Record<string, unknown> = {}) =>
    (
      await ask(laurel, 'POST', `/courses/${course}/enroll`, {
        ...{ credential: laurel.secretKey, body: { participant, ...more } },
      })
    ).json as { id: string; state?: string; code?: string; position: number | null };
  const outcomes = (answers: { state?: string; code?: string }[]) => {
    const counts: Record<string, number> = {};
    for (const { state, code } of answers) counts[state ?? code ?? ''] = (counts[state ?? code ?? ''] ?? 0) + 1;
    return counts;
  };
  const keepNow = () => sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"contests":["none"]}']);

  /** The most seats that were taken at any moment, by what was written down of who came and went. */
  const mostTaken = async (slug: string): Promise<number> => {
    const steps = await sql<{ enrolment_id: string; to_state: string }>(
      laurel,
      `select enrolment_id, to_state from $schema.enrolment_step join $schema.enrolment on enrolment.id = enrolment_id
       join $schema.course on course.id = course_id where slug = $1 order by enrolment_step.id`,
      [slug],
    );
    const seated = new Set<string>();
    let most = 0;
    for (const { enrolment_id, to_state } of steps) {
      if (to_state === 'active' || to_state === 'unpaid') seated.add(enrolment_id);
      else seated.delete(enrolment_id);
      most = Math.max(most, seated.size);
    }
    return most;
  };

  beforeAll(async () => {
    laurel = await testLaurel({ stripe: { webhookSecret } });
    await seed(laurel.api, ['ada']);
    crowd = [];
    for (let count = 0; count < 200; count++) crowd.push(await newcomer());
  });

  it('200 who come at once to 50 seats are 50, and the others stand in one line', async () => {
    await courseOf(laurel, 'rush', { seats: 50 });
    const answers = await Promise.all(crowd.map((name) => enrol('rush', name)));
    expect(outcomes(answers)).toEqual({ active: 50, waiting: 150 });
    expect(await mostTaken('rush')).toBe(50);
    const { items } = await laurel.api.enrolments.list({ course: 'rush', state: 'waiting', limit: 100 });
    expect(new Set(items.map(({ position }) => position)).size).toBe(100);
    const lines = await sql(
      laurel,
      `select distinct waiting_since from $schema.enrolment join $schema.course
      on course.id = course_id where slug = 'rush' and enrolment.state = 'waiting'`,
    );
    expect(lines).toHaveLength(150);
  });

  it('200 who come at once to 50 seats without a line are 50, and the others are told', async () => {
    await courseOf(laurel, 'tight', { seats: 50, waitingList: false, price });
    const answers = await Promise.all(crowd.map((name) => enrol('tight', name)));
    expect(outcomes(answers)).toEqual({ unpaid: 50, course_full: 150 });
    expect(await statesOf(laurel, 'tight')).toEqual({ unpaid: 50 });
  });

  it('the seats of a cohort are no more than they are, whichever cohort is rushed to', async () => {
    await courseOf(laurel, 'groups', { seats: 25 });
    const cohorts = ['red', 'blue'];
    for (const slug of cohorts)
      await laurel.api.enrolments.createCohort({ course: 'groups', slug, name: slug, seats: 15 });
    await times(100, (index) => enrol('groups', crowd[index] ?? '', { cohort: cohorts[index % 2] }));
    expect(await statesOf(laurel, 'groups')).toEqual({ active: 25, waiting: 75 });
    const { items } = await laurel.api.enrolments.listCohorts({ course: 'groups' });
    for (const { learners } of items) expect(learners).toBeLessThanOrEqual(15);
    expect(items.reduce((sum, { learners }) => sum + (learners ?? 0), 0)).toBe(25);
  });

  it('somebody who clicks fifty times is in once', async () => {
    await courseOf(laurel, 'clicks', { seats: 5 });
    const answers = await times(50, () => enrol('clicks', 'ada'));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await eventsOf(laurel, answers[0]?.id ?? '')).toEqual(['enrolment.created', 'enrolment.activated']);
    const left = await times(20, () => laurel.api.enrolments.cancel({ enrolment: answers[0]?.id ?? '' }));
    expect(new Set(left.map(({ state }) => state))).toEqual(new Set(['cancelled']));
    expect(await stepsOf(laurel, answers[0]?.id ?? '')).toEqual(['- > active', 'active > cancelled']);
  });

  it('who come, go, come back and pay at once never take more seats than there are, and leave none empty', async () => {
    await courseOf(laurel, 'churn', { seats: 10 });
    const people = crowd.slice(0, 30);
    const first = await Promise.all(people.map((name) => enrol('churn', name)));
    await times(120, async (index) => {
      const at = (index * 7) % people.length;
      if (index % 3 === 0) await enrol('churn', people[at] ?? '');
      else if (index % 17 === 1) await keepNow();
      else await laurel.api.enrolments.cancel({ enrolment: first[at]?.id ?? '' });
    });
    expect(await mostTaken('churn')).toBe(10);
    const { active = 0, waiting = 0 } = await statesOf(laurel, 'churn');
    expect(waiting === 0 || active === 10).toBe(true);
    const [twice] = await sql<{ count: number }>(
      laurel,
      `select count(*)::int as count from (
         select to_state, lag(to_state) over (partition by enrolment_id order by id) as before from $schema.enrolment_step
       ) step where to_state = before`,
    );
    expect(twice?.count).toBe(0);
  });

  it('seats nobody paid for go once and are offered once, whichever node looks', async () => {
    const other = await testLaurel({ schema: laurel.schema, stripe: { webhookSecret } });
    await courseOf(laurel, 'unpaid', { seats: 20, price });
    const answers = await Promise.all(crowd.slice(0, 60).map((name) => enrol('unpaid', name)));
    const later = new Date(Date.now() + 31 * 60_000);
    laurel.travelTo(later);
    other.travelTo(later);
    await Promise.all([keepNow(), keepNow(), keepNow()]);
    await eventually(
      () => statesOf(laurel, 'unpaid'),
      ({ cancelled, unpaid }) => cancelled === 20 && unpaid === 20,
    );
    expect(await statesOf(laurel, 'unpaid')).toEqual({ cancelled: 20, unpaid: 20, waiting: 20 });
    for (const { id, state } of answers) {
      const steps = await stepsOf(laurel, id);
      expect(steps.length).toBe(state === 'unpaid' ? 2 : steps.at(-1)?.startsWith('waiting') ? 2 : 1);
    }
    const offered = await sql(laurel, `select from $schema.event where name = 'enrolment.offered'`);
    expect(offered).toHaveLength(20);
    laurel.travelTo(null);
    other.travelTo(null);
  });

  it('a payment and the end of its time at once are one of both: paid means in', async () => {
    await courseOf(laurel, 'last-second', { price });
    const answers = await Promise.all(crowd.slice(0, 20).map((name) => enrol('last-second', name)));
    laurel.travelTo(new Date(Date.now() + 31 * 60_000));
    // Stripe signs by its own clock, which is that of the call here.
    const pay = ({ id }: { id: string }) => laurel.api.enrolments.paid({ enrolment: id, reference: `order ${id}` });
    await Promise.all([...answers.map(pay), keepNow()]);
    laurel.travelTo(null);
    expect(await statesOf(laurel, 'last-second')).toEqual({ active: 20 });
  });

  it('events of one payment that come at the same moment see each other', async () => {
    await courseOf(laurel, 'moment', { price });
    const answers = await Promise.all(crowd.slice(0, 20).map((name) => enrol('moment', name)));
    const refund = (id: string) => ({
      ...sessionOf('expired', { id: 'x', enrolment: id }),
      type: 'charge.refunded',
      data: { object: { id: `ch_${id}`, object: 'charge', refunded: true, payment_intent: `pi_${id}` } },
    });
    await Promise.all(
      answers.flatMap(({ id }) => [
        tellSeats(laurel, sessionOf('completed', { id: `cs_${id}`, enrolment: id, payment: `pi_${id}` })),
        tellSeats(laurel, refund(id)),
      ]),
    );
    expect(await statesOf(laurel, 'moment')).toEqual({ cancelled: 20 });
  });

  it('a step that fails half-way leaves all as it was, holds no other course up, and is done once later', async () => {
    await courseOf(laurel, 'broken', { seats: 1, price });
    await courseOf(laurel, 'whole', { seats: 1, price });
    const [first = '', second = ''] = crowd;
    const ids: Record<string, string[]> = {};
    for (const slug of ['broken', 'whole']) {
      ids[slug] = [(await enrol(slug, first)).id, (await enrol(slug, second)).id];
    }
    const waiting = ids.broken?.[1] ?? '';
    await sql(
      laurel,
      `create function $schema.fail() returns trigger language plpgsql as $$ begin
         if new.enrolment_id = '${waiting}' then raise exception 'no disk'; end if; return new; end $$`,
    );
    await sql(
      laurel,
      `create trigger fail before insert on $schema.enrolment_step for each row execute function $schema.fail()`,
    );
    laurel.travelTo(new Date(Date.now() + 31 * 60_000));
    await keepNow();
    await eventually(
      () => statesOf(laurel, 'whole'),
      ({ cancelled }) => cancelled === 1,
    );
    expect(await statesOf(laurel, 'whole')).toEqual({ cancelled: 1, unpaid: 1 });
    // The end of the seat is undone together with what follows from it.
    expect(await statesOf(laurel, 'broken')).toEqual({ unpaid: 1, waiting: 1 });
    expect(await eventsOf(laurel, ids.broken?.[0] ?? '')).toEqual(['enrolment.created']);
    await sql(laurel, 'drop trigger fail on $schema.enrolment_step');
    await keepNow();
    await eventually(
      () => statesOf(laurel, 'broken'),
      ({ cancelled }) => cancelled === 1,
    );
    expect(await statesOf(laurel, 'broken')).toEqual({ cancelled: 1, unpaid: 1 });
    expect(await eventsOf(laurel, waiting)).toEqual(['enrolment.created', 'enrolment.offered']);
    laurel.travelTo(null);
  });
});
