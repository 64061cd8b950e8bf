import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import {
  charge,
  deliver,
  dispute,
  invoice,
  invoicePayment,
  send,
  session,
  signatureOf,
  stripeEvent,
  webhookSecret,
} from './stripe-events.ts';
import { dump, refer, seed, sql, storageName, testLaurel } from './support.ts';

/** A programme in which `ada` referred `bob`. */
async function shop(options: Parameters<typeof testLaurel>[0] = {}) {
  const laurel = await testLaurel({ background: false, stripe: { webhookSecret }, ...options });
  await seed(laurel.api, ['ada', 'bob', 'cleo']);
  await refer(laurel.api, 'ada', 'bob');
  return laurel;
}

const conversions = (laurel: TestLaurel) =>
  sql<{ key: string; minor: number; currency: string; event: string; live: boolean; credited: boolean }>(
    laurel,
    `select idempotency_key as key, amount_minor::int as minor, currency, event, reversed_at is null as live,
       referrer_id is not null as credited
     from $schema.conversion order by idempotency_key`,
  );
const live = async (laurel: TestLaurel) => (await conversions(laurel)).filter((each) => each.live);
const bought = stripeEvent('checkout.session.completed', session({ client_reference_id: 'bob' }));

describe(`Stripe's webhook (${storageName})`, () => {
  let laurel: TestLaurel;
  beforeAll(async () => {
    laurel = await shop();
  });

  it('is refused when forged, changed, late or early, and changes nothing', async () => {
    const payload = JSON.stringify(bought);
    const good = signatureOf(payload);
    const now = Math.floor(Date.now() / 1000);
    const flipped = Buffer.from(payload);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    const before = await dump(laurel);
    const wrong: [string, string][] = [
      [payload, ''],
      [payload, 'garbage'],
      [payload, 't=,v1='],
      [payload, signatureOf(payload, 'whsec_of_somebody_else_012345')],
      [payload, good.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
      [flipped.toString('latin1'), good],
      [`${payload} `, good],
      [payload, signatureOf(payload, webhookSecret, now - 301)],
      [payload, signatureOf(payload, webhookSecret, now + 302)],
      [payload, good.replace(/^t=\d+/, `t=${now - 1}`)],
      ['', signatureOf('')],
      ['{"id":1}', signatureOf('{"id":1}')],
      ['not json', signatureOf('not json')],
      ['null', signatureOf('null')],
    ];
    for (const [body, signature] of wrong) {
      expect(await deliver(laurel, body, signature), signature).toMatchObject({
        status: 400,
        json: { code: 'webhook_invalid' },
      });
    }
    expect(await dump(laurel)).toEqual(before);
  });

  it('is told when the programme is unknown, or no secret is set', async () => {
    const payload = JSON.stringify(bought);
    expect(await deliver(laurel, payload, signatureOf(payload), 'nothing')).toMatchObject({ status: 404 });
    const bare = await testLaurel({ background: false });
    await seed(bare.api);
    expect(await send(bare, bought)).toMatchObject({ status: 404, json: { code: 'stripe_not_configured' } });
  });

  it('has one effect for 1,000 replays by 8 at a time', async () => {
    const outcomes: Record<string, number> = {};
    const payload = JSON.stringify(bought);
    const signature = signatureOf(payload);
    const replay = async () => {
      for (let turn = 0; turn < 125; turn++) {
        const { json } = await deliver(laurel, payload, signature);
        outcomes[json.outcome ?? 'none'] = (outcomes[json.outcome ?? 'none'] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 8 }, replay));
    expect(outcomes).toEqual({ applied: 1, repeated: 999 });
    expect(await conversions(laurel)).toEqual([
      { key: 'stripe:cs_test_1', minor: 4000, currency: 'EUR', event: 'purchase', live: true, credited: true },
    ]);
    expect((await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).counts.conversions).toBe(1);
  });

  it('takes back a sale that is refunded in full, and what is left of one refunded in part counts', async () => {
    const part = await shop();
    await send(part, bought);
    await send(part, stripeEvent('charge.refunded', charge(1000)));
    expect(await live(part)).toMatchObject([{ key: 'stripe:cs_test_1:2', minor: 3000, credited: true }]);
    await send(part, stripeEvent('charge.refunded', charge(4000)));
    expect(await live(part)).toEqual([]);
    expect(await part.recount()).toEqual([]);
    const { counts } = await part.api.programs.me({ program: 'friends', participant: 'ada' });
    expect(counts.conversions).toBe(0);
  });

  it('takes back a disputed sale at once, for good when it is lost, and gives it again when it is won', async () => {
    const shopping = await shop();
    await send(shopping, bought);
    await send(shopping, stripeEvent('charge.dispute.created', dispute('warning_needs_response')));
    expect(await live(shopping)).toHaveLength(1);
    await send(shopping, stripeEvent('charge.dispute.created', dispute('needs_response')));
    expect(await live(shopping)).toEqual([]);
    await send(shopping, stripeEvent('charge.dispute.closed', dispute('won')));
    expect(await live(shopping)).toMatchObject([{ key: 'stripe:cs_test_1:2', minor: 4000, credited: true }]);
    await send(shopping, stripeEvent('charge.dispute.closed', dispute('lost', { id: 'dp_2' })));
    expect(await live(shopping)).toEqual([]);
  });

  it('counts a subscription once, by its invoices, and its renewals each', async () => {
    const shopping = await shop();
    const start = { mode: 'subscription', customer: 'cus_1', invoice: 'in_1', payment_intent: null };
    await send(shopping, stripeEvent('invoice.paid', invoice()));
    expect(await conversions(shopping)).toEqual([]);
    await send(
      shopping,
      stripeEvent(
        'checkout.session.completed',
        session({ ...start, client_reference_id: 'bob', subscription: 'sub_1' }),
      ),
    );
    await send(shopping, stripeEvent('invoice.paid', invoice({ id: 'in_2', billing_reason: 'subscription_cycle' })));
    await send(shopping, stripeEvent('invoice.paid', invoice({ id: 'in_0', amount_paid: 0 })));
    expect(await live(shopping)).toMatchObject([
      { key: 'stripe:in_1', minor: 2000, event: 'purchase' },
      { key: 'stripe:in_2', minor: 2000, event: 'renewal' },
    ]);
    await send(shopping, stripeEvent('charge.refunded', charge(2000, { payment_intent: 'pi_2' })));
    expect(await live(shopping)).toHaveLength(2);
    await send(shopping, stripeEvent('invoice_payment.paid', invoicePayment('in_2', 'pi_2')));
    expect(await live(shopping)).toMatchObject([{ key: 'stripe:in_1' }]);
    const [{ metadata } = { metadata: {} }] = await sql<{ metadata: unknown }>(
      shopping,
      `select metadata from $schema.conversion where idempotency_key = 'stripe:in_1'`,
    );
    expect(metadata).toEqual({ country: 'PT', product: 'prod_1' });
  });

  it('leaves a one-off sale with an invoice to the invoice, and one that is not paid yet to when it is', async () => {
    const shopping = await shop();
    const invoiced = session({ invoice_creation: { enabled: true }, customer: 'cus_1', client_reference_id: 'bob' });
    await send(shopping, stripeEvent('checkout.session.completed', invoiced));
    await send(shopping, stripeEvent('invoice.paid', invoice({ billing_reason: 'manual', amount_paid: 4000 })));
    expect(await live(shopping)).toMatchObject([{ key: 'stripe:in_1', minor: 4000, event: 'purchase' }]);
    const later = { id: 'cs_later', client_reference_id: 'bob' };
    await send(shopping, stripeEvent('checkout.session.completed', session({ ...later, payment_status: 'unpaid' })));
    expect(await live(shopping)).toHaveLength(1);
    await send(shopping, stripeEvent('checkout.session.async_payment_succeeded', session(later)));
    expect(await live(shopping)).toHaveLength(2);
  });

  it('binds a buyer to whose code or click the checkout carries, also when the invoice came first', async () => {
    const shopping = await shop();
    const { referralCode } = await shopping.api.programs.me({ program: 'friends', participant: 'ada' });
    const { clickId } = await shopping.api.clicks.record({ referralCode });
    const start = { mode: 'subscription', customer: 'cus_9', invoice: 'in_9', client_reference_id: 'dan' };
    await send(shopping, stripeEvent('checkout.session.completed', session({ client_reference_id: 'cart-4711' })));
    await shopping.api.participants.upsert({ externalId: 'dan' });
    await send(
      shopping,
      stripeEvent('checkout.session.completed', session({ id: 'cs_x', customer: 'cus_9', client_reference_id: 'dan' })),
    );
    await send(shopping, stripeEvent('invoice.paid', invoice({ id: 'in_9', customer: 'cus_9' })));
    expect((await live(shopping)).map((each) => each.credited)).toEqual([false, false]);
    await send(
      shopping,
      stripeEvent('checkout.session.completed', session({ ...start, metadata: { laurel_click: clickId } })),
    );
    expect(await live(shopping)).toMatchObject([
      { key: 'stripe:cs_x', credited: false },
      { key: 'stripe:in_9:2', credited: true },
    ]);
    const by = session({
      id: 'cs_e',
      metadata: { laurel_participant: 'eve', laurel_code: referralCode.toUpperCase() },
    });
    await send(shopping, stripeEvent('checkout.session.completed', by));
    expect((await live(shopping)).find(({ key }) => key === 'stripe:cs_e')).toMatchObject({ credited: true });
    const bad = { laurel_participant: 'fay', laurel_code: 'nobody-has-it', laurel_click: 'x' };
    await send(shopping, stripeEvent('checkout.session.completed', session({ id: 'cs_f', metadata: bad })));
    expect((await live(shopping)).find(({ key }) => key === 'stripe:cs_f')).toMatchObject({ credited: false });
  });

  it('binds a buyer to whose promotion code was typed at the checkout, by the id Stripe has of it', async () => {
    const shop = await testLaurel({ background: false, stripe: { webhookSecret } });
    await seed(shop.api, ['ada', 'bob', 'cleo']);
    const code = 'promo_1QabcdEFGH2345ijklMNOP67';
    await shop.api.joining.chooseCode({ program: 'friends', participant: 'ada', code, kind: 'coupon' });
    const of = (participant: string, promotion: string) =>
      session({
        ...{ id: `cs_${participant}`, payment_intent: `pi_${participant}`, client_reference_id: participant },
        discounts: [{ coupon: 'coupon_1', promotion_code: promotion }],
      });
    await send(shop, stripeEvent('checkout.session.completed', of('bob', code)));
    await send(shop, stripeEvent('checkout.session.completed', of('cleo', 'promo_of_nobody')));
    // Whom nobody knows is not met because a promotion of the shop was used.
    await send(shop, stripeEvent('checkout.session.completed', of('cart-7', code)));
    const { items } = await shop.api.referrals.list({ program: 'friends' });
    const bob = await shop.api.participants.get({ participant: 'bob' });
    expect(items).toMatchObject([{ referee: bob.id, attributedBy: 'code' }]);
    expect((await live(shop)).map(({ key, credited }) => [key, credited])).toEqual([
      ['stripe:cs_bob', true],
      ['stripe:cs_cleo', false],
    ]);
    await expect(shop.api.participants.get({ participant: 'cart-7' })).rejects.toMatchObject({
      code: 'participant_not_found',
    });
  });

  it('asks the host whose event it is, and names conversions as the host does', async () => {
    const shopping = await shop({
      stripe: {
        webhookSecret: ['whsec_the_new_one_0123', webhookSecret],
        participantOf: ({ data }) => ((data.object.metadata as { user?: string }).user === '7' ? 'bob' : null),
        events: { purchase: 'order' },
      },
    });
    await send(shopping, stripeEvent('checkout.session.completed', session({ metadata: { user: '7' } })));
    expect(await live(shopping)).toMatchObject([{ event: 'order', credited: true }]);
  });

  it.each([
    ['jpy', 500, 'JPY', 500],
    ['kwd', 5120, 'KWD', 5120],
    ['isk', 500, 'ISK', 5],
    ['ugx', 100_000, 'UGX', 1000],
  ])('keeps %s %i as %s %i', async (currency, amount, code, minor) => {
    const shopping = await shop();
    const foreign = session({ client_reference_id: 'bob', currency, amount_total: amount });
    await send(shopping, stripeEvent('checkout.session.completed', foreign));
    expect(await live(shopping)).toMatchObject([{ currency: code, minor }]);
    await send(shopping, stripeEvent('charge.refunded', charge(amount, { currency })));
    expect(await live(shopping)).toEqual([]);
  });

  it('takes nothing from what means nothing to it, or makes no sense', async () => {
    const before = await dump(laurel);
    const odd: [string, Record<string, unknown>][] = [
      ['customer.created', { id: 'cus_1' }],
      ['payment_intent.succeeded', { id: 'pi_1' }],
      ['constructor', { id: 'x' }],
      ['checkout.session.completed', {}],
      ['invoice.paid', { id: 5 }],
      ['charge.refunded', { id: 'ch_9', currency: 'usdc', amount_refunded: 1 }],
      ['charge.dispute.created', dispute('warning_under_review')],
    ];
    for (const [type, object] of odd) {
      expect(await send(laurel, stripeEvent(type, object))).toMatchObject({
        status: 200,
        json: { outcome: 'ignored' },
      });
    }
    expect(await dump(laurel)).toEqual(before);
    const hostile = { a: 'x\u0000y', b: '\ud800', 'c\u0000': 'z', ok: 'fine', laurel_participant: 'p\u0000' };
    const strange = session({ id: 'cs_strange', client_reference_id: 'bob\ud800', metadata: hostile });
    for (const type of ['checkout.session.completed', 'checkout.session.async_payment_succeeded']) {
      expect(await send(laurel, stripeEvent(type, strange))).toMatchObject({ status: 200 });
    }
    await laurel.api.programs.create({ slug: 'old', name: 'Old', landingUrl: 'https://shop.example/' });
    await laurel.api.programs.update({ program: 'old', archived: true });
    const payload = JSON.stringify(stripeEvent('checkout.session.completed', session({ client_reference_id: 'bob' })));
    expect(await deliver(laurel, payload, signatureOf(payload), 'old')).toMatchObject({ status: 200 });
    expect(await live(laurel)).toHaveLength(1);
  });
});
