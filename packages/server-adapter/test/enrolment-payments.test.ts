import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { courseOf, eventsOf, sessionOf, statesOf, stepsOf, tellSeats } from './enrolment-stage.ts';
import { stripeApi, stripeKey } from './stripe-api.ts';
import { charge, signatureOf, stripeEvent, webhookSecret } from './stripe-events.ts';
import { ask, dump, newcomers, seed, storageName, testLaurel } from './support.ts';

const price = { minor: 4900, currency: 'EUR' };
const urls = { successUrl: 'https://shop.example/thanks?s={CHECKOUT_SESSION_ID}', cancelUrl: '/courses' };
const minute = 60_000;

describe(`paying for a seat (${storageName})`, () => {
  let laurel: TestLaurel;
  let stripe: Awaited<ReturnType<typeof stripeApi>>;
  const newcomer = newcomers(() => laurel);
  let turn = 0;

  beforeAll(async () => {
    stripe = await stripeApi();
    laurel = await testLaurel({
      background: false,
      publicUrl: 'https://shop.example/api',
      sessionOrigins: ['https://app.example'],
      stripe: { webhookSecret, secretKey: stripeKey, apiUrl: stripe.url },
    });
    await seed(laurel.api, ['ada'], {}, { landingOrigins: ['https://campaign.example'] });
    await courseOf(laurel, 'paid', { price, program: 'friends' });
  });
  afterAll(() => stripe.close());

  /** Somebody who has a seat to pay for. */
  const unpaid = async (course = 'paid') => {
    const participant = await newcomer();
    const { token } = await laurel.api.participants.createToken({ participant });
    const { json } = await ask(laurel, 'POST', `/courses/${course}/enroll`, { credential: token, body: {} });
    const pay = (body: Record<string, unknown> = urls) =>
      ask(laurel, 'POST', `/enrolments/${json.id}/checkout`, { credential: token, body });
    return { id: json.id as string, participantId: json.participant as string, token, pay };
  };
  const get = (enrolment: string) => laurel.api.enrolments.get({ enrolment });
  const tell = (...[type, about, more]: Parameters<typeof sessionOf>) =>
    tellSeats(laurel, sessionOf(type, about, more));

  it('opens a session at Stripe, in its form, for as long as the seat is kept', async () => {
    const { id, participantId, pay } = await unpaid();
    const { status, json } = await pay();
    expect(status).toBe(200);
    const made = stripe.sessions.at(-1);
    expect(json).toEqual({ url: made?.url, expiresAt: new Date((made?.expires_at ?? 0) * 1000).toISOString() });
    expect(made?.form).toEqual({
      mode: 'payment',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': '4900',
      'line_items[0][price_data][product_data][name]': 'paid',
      client_reference_id: participantId,
      'metadata[laurel_enrolment]': id,
      'payment_intent_data[metadata][laurel_enrolment]': id,
      success_url: 'https://shop.example/thanks?s={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://shop.example/courses',
      expires_at: String(made?.expires_at),
    });
    const { payBy } = await get(id);
    expect(new Date(payBy ?? 0).getTime()).toBeGreaterThan((made?.expires_at ?? 0) * 1000);
    expect(new Date(payBy ?? 0).getTime()).toBeLessThan(Date.now() + 40 * minute);
  });

  it('is one session for twenty clicks at once, and for one more after them', async () => {
    const { pay } = await unpaid();
    const before = stripe.sessions.length;
    stripe.slow(100);
    const answers = await Promise.all(Array.from({ length: 20 }, () => pay()));
    stripe.slow(0);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ json }) => json.url)).size).toBe(1);
    const asked = stripe.requests;
    expect((await pay({ ...urls, cancelUrl: 'https://app.example/' })).json).toEqual(answers[0]?.json);
    expect(stripe.requests).toBe(asked);
    expect(stripe.sessions).toHaveLength(before + 1);
  });

  it('sends learners back to pages of the host only', async () => {
    const { pay } = await unpaid();
    const allowed = ['https://app.example/a', 'https://campaign.example/', 'https://shop.example/b', '/c'];
    for (const successUrl of allowed) expect((await pay({ ...urls, successUrl })).status, successUrl).toBe(200);
    for (const cancelUrl of [
      ...['https://evil.example/', '//evil.example', 'javascript:alert(1)', 'https://shop.example@evil.example/'],
      ...['https://user:pw@shop.example/', 'http://shop.example/', 'https://shop.example\\@evil.example', 'courses'],
    ]) {
      const { status, json } = await pay({ ...urls, cancelUrl });
      expect([status, json.code], cancelUrl).toEqual([422, 'landing_not_allowed']);
    }
  });

  it('is not there where nothing is to be paid, or no key is set', async () => {
    const { id, token, pay } = await unpaid();
    await laurel.api.enrolments.paid({ enrolment: id, reference: 'order 9' });
    expect((await pay()).json.code).toBe('enrolment_state_conflict');
    expect((await ask(laurel, 'GET', `/enrolments/${id}`, { credential: token })).json.state).toBe('active');
    const bare = await testLaurel({ background: false, publicUrl: 'https://shop.example/api' });
    await seed(bare.api);
    await courseOf(bare, 'paid', { price });
    const { id: other } = await bare.api.enrolments.enroll({ course: 'paid', participant: 'ada' });
    const asked = await ask(bare, 'POST', `/enrolments/${other}/checkout`, { credential: bare.secretKey, body: urls });
    expect(asked.json.code).toBe('payment_not_configured');
    const event = sessionOf('completed', { id: 'cs_bare', enrolment: other });
    expect(await tellSeats(bare, event)).toMatchObject({ status: 404, code: 'stripe_not_configured' });
  });

  it('says to try again when Stripe does not answer as it should, and gets a session then', async () => {
    const { pay } = await unpaid();
    stripe.break(true);
    expect(await pay()).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    stripe.break(false);
    expect((await pay()).status).toBe(200);
  });

  it('opens the course when it is paid, once however often Stripe says so', async () => {
    const { id, pay } = await unpaid();
    await pay();
    const session = stripe.sessions.at(-1)?.id ?? '';
    const event = sessionOf('completed', { id: session, enrolment: id, payment: `pi_${session}` });
    const told = await Promise.all(Array.from({ length: 8 }, () => tellSeats(laurel, event)));
    const outcomes = told.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['applied', ...Array.from({ length: 7 }, () => 'repeated')]);
    expect(await get(id)).toMatchObject({ state: 'active', price: null, payBy: null, version: 1 });
    expect(await stepsOf(laurel, id)).toEqual(['- > unpaid', 'unpaid > active: paid']);
    expect(await eventsOf(laurel, id)).toEqual(['enrolment.created', 'enrolment.activated']);
    expect((await pay()).json.code).toBe('enrolment_state_conflict');
  });

  it('is believed only when Stripe signed it, and only about seats', async () => {
    const { id } = await unpaid();
    const event = sessionOf('completed', { id: 'cs_forged', enrolment: id, payment: 'pi_forged' });
    const before = await dump(laurel);
    const wrong = signatureOf(JSON.stringify(event), 'whsec_of_somebody_else_012345');
    expect(await tellSeats(laurel, event, wrong)).toMatchObject({ status: 400, code: 'webhook_invalid' });
    expect((await tellSeats(laurel, stripeEvent('customer.created', { id: 'cus_1' }))).outcome).toBe('ignored');
    expect((await tellSeats(laurel, stripeEvent('charge.refunded', charge(100)))).outcome).toBe('ignored');
    expect(await dump(laurel)).toEqual(before);
    const foreign = sessionOf('completed', { id: 'cs_x', enrolment: 'order-17' });
    expect((await tellSeats(laurel, foreign)).outcome).toBe('ignored');
  });

  it('lets in who paid although their seat went to somebody else: paid means in', async () => {
    await courseOf(laurel, 'scarce', { price, seats: 1, program: 'friends' });
    const late = await unpaid('scarce');
    await late.pay();
    const session = stripe.sessions.at(-1)?.id ?? '';
    await laurel.api.enrolments.cancel({ enrolment: late.id });
    const { id: other } = await unpaid('scarce');
    await laurel.api.enrolments.paid({ enrolment: other, reference: 'order 77' });
    await tell('completed', { id: session, enrolment: late.id, payment: 'pi_late' });
    expect(await statesOf(laurel, 'scarce')).toEqual({ active: 2 });
    // Beyond the limit, nobody follows whoever leaves.
    const { id: waiting } = await unpaid('scarce');
    await laurel.api.enrolments.cancel({ enrolment: other });
    expect((await get(waiting)).state).toBe('waiting');
  });

  it('leaves the seat of who came back alone when an old session expires', async () => {
    const { id, token, pay } = await unpaid();
    await pay();
    const { id: session, expires_at } = stripe.sessions.at(-1) ?? { id: '', expires_at: 0 };
    await laurel.api.enrolments.cancel({ enrolment: id });
    laurel.travelTo(new Date(Date.now() + 20 * minute));
    const { token: later } = await laurel.api.participants.createToken({ participant: (await get(id)).participant });
    await ask(laurel, 'POST', '/courses/paid/enroll', { credential: later ?? token, body: {} });
    laurel.travelTo(null);
    await tell('expired', { id: session, enrolment: id }, { expires_at });
    expect((await get(id)).state).toBe('unpaid');
  });

  it('gives an expired session’s seat to the line', async () => {
    await courseOf(laurel, 'queue', { price, seats: 1, program: 'friends' });
    const first = await unpaid('queue');
    const second = await unpaid('queue');
    await first.pay();
    const session = stripe.sessions.at(-1)?.id ?? '';
    expect((await get(second.id)).state).toBe('waiting');
    await tell('expired', { id: session, enrolment: first.id });
    expect((await get(first.id)).state).toBe('cancelled');
    expect((await get(second.id)).state).toBe('unpaid');
    expect((await second.pay()).status).toBe(200);
    const left = (stripe.sessions.at(-1)?.expires_at ?? 0) * 1000 - Date.now();
    expect(left).toBeGreaterThan(23 * 60 * minute);
  });

  const stories: Record<string, { of(id: string, enrolment: string): ReturnType<typeof sessionOf>[]; end: string }> = {
    'paid at once': {
      of: (id, enrolment) => [sessionOf('completed', { id, enrolment, payment: `pi_${id}` })],
      end: 'active',
    },
    'paid by bank debit': {
      of: (id, enrolment) => [
        sessionOf('completed', { id, enrolment, payment: `pi_${id}` }, { payment_status: 'unpaid' }),
        sessionOf('async_payment_succeeded', { id, enrolment, payment: `pi_${id}` }),
      ],
      end: 'active',
    },
    'a bank debit that failed': {
      of: (id, enrolment) => [
        sessionOf('completed', { id, enrolment, payment: `pi_${id}` }, { payment_status: 'unpaid' }),
        sessionOf('async_payment_failed', { id, enrolment, payment: `pi_${id}` }),
      ],
      end: 'cancelled',
    },
    'not paid': { of: (id, enrolment) => [sessionOf('expired', { id, enrolment })], end: 'cancelled' },
    'refunded in part': {
      of: (id, enrolment) => [
        sessionOf('completed', { id, enrolment, payment: `pi_${id}` }),
        stripeEvent('charge.refunded', charge(1000, { id: `ch_${id}`, payment_intent: `pi_${id}` })),
      ],
      end: 'active',
    },
    'refunded in full, after a part': {
      of: (id, enrolment) => [
        sessionOf('completed', { id, enrolment, payment: `pi_${id}` }),
        stripeEvent('charge.refunded', charge(1000, { id: `ch_${id}`, payment_intent: `pi_${id}` })),
        stripeEvent('charge.refunded', charge(4000, { id: `ch_${id}`, payment_intent: `pi_${id}` })),
      ],
      end: 'cancelled',
    },
    'a bank debit that was refunded': {
      of: (id, enrolment) => [
        sessionOf('completed', { id, enrolment, payment: `pi_${id}` }, { payment_status: 'unpaid' }),
        sessionOf('async_payment_succeeded', { id, enrolment, payment: `pi_${id}` }),
        stripeEvent('charge.refunded', charge(4000, { id: `ch_${id}`, payment_intent: `pi_${id}` })),
      ],
      end: 'cancelled',
    },
    'paid twice by mistake, one of them given back': {
      of: (id, enrolment) => [
        sessionOf('completed', { id, enrolment, payment: `pi_${id}` }),
        sessionOf('completed', { id: `${id}_2`, enrolment, payment: `pi_${id}_2` }),
        stripeEvent('charge.refunded', charge(4000, { id: `ch_${id}_2`, payment_intent: `pi_${id}_2` })),
      ],
      end: 'active',
    },
  };

  it.each(Object.entries(stories))('comes to the same end in any order, repeated and at once: %s', async (_, story) => {
    const indices = [...story.of('cs', 'none').keys()];
    const orders = fc.record({
      order: fc.shuffledSubarray([...indices, ...indices], { minLength: indices.length }),
      together: fc.integer({ min: 1, max: 3 }),
      clicked: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(orders, async ({ order, together, clicked }) => {
        const { id, pay } = await unpaid();
        if (clicked) await pay();
        const session = clicked ? (stripe.sessions.at(-1)?.id ?? '') : `cs_story_${++turn}`;
        const events = story.of(session, id);
        const deliveries = [...order, ...indices].map((index) => events[index]);
        for (let at = 0; at < deliveries.length; at += together) {
          const told = await Promise.all(deliveries.slice(at, at + together).map((event) => tellSeats(laurel, event)));
          for (const { status } of told) expect(status).toBe(200);
        }
        expect((await get(id)).state).toBe(story.end);
      }),
      { numRuns: 12 },
    );
  });

  it('is counted in Stripe’s own units', async () => {
    const { amountFor, moneyOf } = await import('../src/stripe-wire/money.ts');
    fc.assert(
      fc.property(fc.constantFrom('EUR', 'JPY', 'KWD', 'ISK', 'UGX'), fc.nat(1_000_000), (currency, minor) => {
        const { unit_amount, currency: code } = amountFor({ minor, currency });
        expect(moneyOf(unit_amount, code)).toEqual({ minor, currency });
      }),
    );
  });
});
