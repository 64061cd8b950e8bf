import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { courseOf, sessionOf, statesOf, stepsOf, tellSeats } from './enrolment-stage.ts';
import { stripeApi, stripeKey } from './stripe-api.ts';
import { webhookSecret } from './stripe-events.ts';
import { ask, eventually, newcomers, sql, storageName, testLaurel } from './support.ts';

const price = { minor: 4900, currency: 'EUR' };
const urls = { successUrl: '/thanks', cancelUrl: '/courses' };
const minute = 60_000;

describe(`leaving (${storageName})`, () => {
  let laurel: TestLaurel;
  let stripe: Awaited<ReturnType<typeof stripeApi>>;
  let turn = 0;
  const newcomer = newcomers(() => laurel);

  beforeAll(async () => {
    stripe = await stripeApi();
    laurel = await testLaurel({
      publicUrl: 'https://shop.example/api',
      stripe: { webhookSecret, secretKey: stripeKey, apiUrl: stripe.url },
    });
  });
  afterAll(() => stripe.close());
  beforeEach(() => {
    stripe.break(false);
    laurel.travelTo(null);
  });

  const priced = async (seats: number | null = null) => {
    const slug = `course-${++turn}`;
    await courseOf(laurel, slug, { price, seats });
    return slug;
  };
  const enrol = async (course: string, participant?: string) => {
    const who = participant ?? (await newcomer());
    const { id, state } = await laurel.api.enrolments.enroll({ course, participant: who });
    return { id, state, who };
  };
  /** Somebody who is about to pay, and their session. */
  const paying = async (course: string) => {
    const learner = await enrol(course);
    await laurel.api.enrolments.checkout({ enrolment: learner.id, ...urls });
    return { ...learner, session: stripe.sessions.at(-1)?.id ?? '' };
  };
  const cancel = (enrolment: string) => laurel.api.enrolments.cancel({ enrolment });
  const get = (enrolment: string) => laurel.api.enrolments.get({ enrolment });
  const keepNow = () => sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"contests":["none"]}']);
  const sessionAt = (id: string) => stripe.sessions.find((each) => each.id === id)?.status;
  const paymentOf = async (reference: string) =>
    (
      await sql<{ state: string }>(laurel, 'select state from $schema.course_payment where reference = $1', [reference])
    )[0]?.state;
  const closed = (session: string) =>
    eventually(
      async () => {
        await keepNow();
        return [sessionAt(session), await paymentOf(session)];
      },
      ([, kept]) => kept !== 'open',
    );

  it('goes by the state that its caller knew: who leaves the line keeps a seat that has just come free', async () => {
    const course = `course-${++turn}`;
    await courseOf(laurel, course, { seats: 1 });
    const first = await enrol(course);
    const second = await enrol(course);
    expect(second.state).toBe('waiting');
    const { token } = await laurel.api.participants.createToken({ participant: second.who });
    const leave = (from: string) =>
      ask(laurel, 'POST', `/enrolments/${second.id}/cancel`, { credential: token, body: { from } });
    expect((await leave('active')).json.code).toBe('enrolment_state_conflict');
    await cancel(first.id);
    expect(await leave('waiting')).toMatchObject({ status: 409, json: { code: 'enrolment_state_conflict' } });
    expect((await get(second.id)).state).toBe('active');
    for (const from of ['active', 'active', 'waiting']) {
      expect(await leave(from), from).toMatchObject({ status: 200, json: { state: 'cancelled' } });
    }
    expect(await leave('cancelled')).toMatchObject({ status: 422 });
    expect(await stepsOf(laurel, second.id)).toHaveLength(3);
  });

  it('closes the session in which the learner could still pay', async () => {
    const { id, session } = await paying(await priced());
    await cancel(id);
    expect(await closed(session)).toEqual(['expired', 'expired']);
    const asked = stripe.expiring;
    expect((await tellSeats(laurel, sessionOf('expired', { id: session, enrolment: id }))).outcome).toBe('applied');
    laurel.travelTo(new Date(Date.now() + 5 * minute));
    await closed(session);
    expect(stripe.expiring).toBe(asked);
    expect((await get(id)).state).toBe('cancelled');
  });

  it('is no matter of paying twice: who was paid for elsewhere cannot pay any more', async () => {
    const { id, session } = await paying(await priced());
    await laurel.api.enrolments.paid({ enrolment: id, reference: `order of ${id}` });
    expect(await closed(session)).toEqual(['expired', 'expired']);
    expect((await get(id)).state).toBe('active');
  });

  it('leaves the session of who stays open', async () => {
    const { id, session } = await paying(await priced());
    const other = await paying(await priced());
    await cancel(other.id);
    await closed(other.session);
    expect([sessionAt(session), await paymentOf(session)]).toEqual(['open', 'open']);
    expect((await get(id)).state).toBe('unpaid');
  });

  it('has Stripe asked again when it did not answer, and gives who comes back a session of their own', async () => {
    const course = await priced();
    const { id, who, session } = await paying(course);
    stripe.break(true);
    await cancel(id);
    const asked = stripe.requests;
    await eventually(
      async () => {
        await keepNow();
        return stripe.requests;
      },
      (requests) => requests > asked,
    );
    stripe.break(false);
    await enrol(course, who);
    const { url } = await laurel.api.enrolments.checkout({ enrolment: id, ...urls });
    expect(url).not.toContain(session);
    expect(sessionAt(session)).toBe('open');
    laurel.travelTo(new Date(Date.now() + 2 * minute));
    expect(await closed(session)).toEqual(['expired', 'expired']);
    // Stripe says so, too: of the old one, which is not what the seat is kept for.
    await tellSeats(laurel, sessionOf('expired', { id: session, enrolment: id }));
    expect((await get(id)).state).toBe('unpaid');
    expect(sessionAt(stripe.sessions.at(-1)?.id ?? '')).toBe('open');
  });

  it.each([
    ['paid', 'active'],
    ['unpaid', 'cancelled'],
  ] as const)('in the moment of paying (%s) loses no payment, also when no webhook comes', async (how, state) => {
    const course = await priced(1);
    const { id, session } = await paying(course);
    stripe.pay(session, how);
    await cancel(id);
    expect(await closed(session)).toEqual(['complete', how === 'paid' ? 'paid' : 'pending']);
    expect((await get(id)).state).toBe(state);
    const told = how === 'paid' ? 'completed' : 'async_payment_succeeded';
    await tellSeats(laurel, sessionOf(told, { id: session, enrolment: id, payment: `pi_${session}` }));
    expect(await statesOf(laurel, course)).toEqual({ active: 1 });
    expect(await stepsOf(laurel, id)).toEqual(['- > unpaid', 'unpaid > cancelled', 'cancelled > active: paid']);
  });

  it('is made good after a crash: another node closes what the first had taken', async () => {
    const { id, session } = await paying(await priced());
    await cancel(id);
    await closed(session);
    // As if the first node had died between taking it and asking Stripe.
    Object.assign(stripe.sessions.find((each) => each.id === session) ?? {}, { status: 'open' });
    await sql(
      laurel,
      `update $schema.course_payment set state = 'open', close_at = now() + interval '1 minute' where reference = $1`,
      [session],
    );
    laurel.travelTo(new Date(Date.now() + 2 * minute));
    expect(await closed(session)).toEqual(['expired', 'expired']);
  });
});
