import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  charge,
  dispute,
  invoice,
  invoicePayment,
  send,
  session,
  stripeEvent,
  type WireEvent,
  webhookSecret,
} from './stripe-events.ts';
import { refer, seed, sql, storageName, testLaurel } from './support.ts';

/** What becomes of the money of a sale. */
const fate = fc.record({
  refunds: fc.uniqueArray(fc.constantFrom(500, 1500, 2000), { maxLength: 2 }),
  dispute: fc.constantFrom('none', 'open', 'won', 'lost'),
  oldApi: fc.boolean(),
});
type Fate = typeof fate extends fc.Arbitrary<infer Value> ? Value : never;

const amount = 2000;

/** What counts of a sale with that fate, in minor units. */
const left = ({ refunds, dispute: end }: Fate) =>
  Math.max(0, amount - Math.max(0, ...refunds) - (end === 'open' || end === 'lost' ? amount : 0));

/** The events of a subscription that began with a checkout, and of a purchase beside it, each with its fate. */
function eventsOf(name: string, fates: readonly Fate[]): WireEvent[] {
  const customer = `cus_${name}`;
  return fates.flatMap((each, index) => {
    const [sale, payment, chargeId] = [`in_${name}_${index}`, `pi_${name}_${index}`, `ch_${name}_${index}`];
    const paid = each.oldApi ? { payment_intent: payment, charge: chargeId } : {};
    const isOneOff = index === fates.length - 1;
    const dispute_ = { id: `dp_${sale}`, charge: chargeId, payment_intent: payment, amount };
    return [
      ...(isOneOff
        ? [
            stripeEvent(
              'checkout.session.completed',
              session({
                ...{ id: `cs_${name}`, client_reference_id: name, customer, payment_intent: payment },
                amount_total: amount,
              }),
            ),
          ]
        : [
            stripeEvent(
              'invoice.paid',
              invoice({
                ...{ id: sale, customer, amount_paid: amount, ...paid },
                billing_reason: index === 0 ? 'subscription_create' : 'subscription_cycle',
              }),
            ),
            ...(each.oldApi ? [] : [stripeEvent('invoice_payment.paid', invoicePayment(sale, payment))]),
          ]),
      ...(index === 0
        ? [
            stripeEvent(
              'checkout.session.completed',
              session({
                ...{ id: `cs_${name}_start`, mode: 'subscription', payment_intent: null, invoice: sale },
                ...{ client_reference_id: name, customer, subscription: `sub_${name}` },
              }),
            ),
          ]
        : []),
      ...each.refunds.map((refunded) =>
        stripeEvent('charge.refunded', charge(refunded, { id: chargeId, customer, payment_intent: payment })),
      ),
      ...(each.dispute === 'none' ? [] : [stripeEvent('charge.dispute.created', dispute('needs_response', dispute_))]),
      ...(each.dispute === 'won' || each.dispute === 'lost'
        ? [stripeEvent('charge.dispute.closed', dispute(each.dispute, dispute_))]
        : []),
    ];
  });
}

it(`Stripe's events come to the same end in any order, repeated and at once (${storageName})`, async () => {
  const laurel = await testLaurel({ background: false, stripe: { webhookSecret } });
  await seed(laurel.api, ['ada']);
  let turn = 0;
  let counted = 0;
  const story = fc.tuple(fate, fate, fate).chain((fates) => {
    const indices = Array.from({ length: eventsOf('x', fates).length }, (_, index) => index);
    const order = fc.shuffledSubarray([...indices, ...indices], {
      minLength: indices.length,
      maxLength: 2 * indices.length,
    });
    return fc.record({ fates: fc.constant(fates), order, together: fc.integer({ min: 1, max: 4 }) });
  });

  await fc.assert(
    fc.asyncProperty(story, async ({ fates, order, together }) => {
      const name = `buyer${++turn}`;
      await laurel.api.participants.upsert({ externalId: name });
      await refer(laurel.api, 'ada', name);
      const events = eventsOf(name, fates);
      // Whatever the order left out comes last.
      const deliveries = [...order, ...events.keys()].map((index) => events[index] as WireEvent);
      for (let at = 0; at < deliveries.length; at += together) {
        const answers = await Promise.all(deliveries.slice(at, at + together).map((event) => send(laurel, event)));
        for (const answer of answers) expect(answer).toMatchObject({ status: 200 });
      }
      const rows = await sql<{ minor: number; credited: boolean }>(
        laurel,
        `select amount_minor::int as minor, referrer_id is not null as credited from $schema.conversion
         where reversed_at is null and participant_id = (select id from $schema.participant where external_id = $1)`,
        [name],
      );
      const expected = fates.map(left).filter((minor) => minor > 0);
      expect(rows.map(({ minor }) => minor).sort()).toEqual(expected.sort());
      expect(rows.every(({ credited }) => credited)).toBe(true);
      // All refunded or not: a sale was there, so the referral has left its beginning behind.
      const [edge] = await sql<{ state: string }>(
        laurel,
        `select state from $schema.referral where referee_id = (select id from $schema.participant where external_id = $1)`,
        [name],
      );
      expect(edge?.state).not.toBe('pending');
      counted += expected.length;
    }),
    { numRuns: 15 },
  );
  expect(await laurel.recount()).toEqual([]);
  const { standing } = await laurel.api.leaderboards.standing({ contest: 'spring', participant: 'ada' });
  expect(standing?.score ?? 0).toBe(counted);
}, 120_000);
