import { createHmac } from 'node:crypto';
import type { Laurel } from '@laurelkit/server-adapter';
import { program } from '../laurel.ts';
import type { Account } from './accounts.ts';
import { currency } from './products.ts';

/** Stands in for Stripe, which cannot be reached here: what it tells of a payment, in the form it documents. */
export interface CardPayments {
  /** The customer paid a checkout of this id, at which perhaps a friend's code was typed. */
  paid(id: string, account: Account, minor: number, friendsCode?: string): Promise<void>;
  /** The customer got all of it back. */
  refunded(id: string, minor: number): Promise<void>;
}

/** An event as Stripe sends it (docs.stripe.com/api/events/object). */
const eventOf = (type: string, id: string, object: Record<string, unknown>) => ({
  id: `evt_${type.replaceAll('.', '_')}_${id}`,
  object: 'event',
  api_version: '2025-09-30.clover',
  created: Math.floor(Date.now() / 1000),
  data: { object },
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type,
});

/** The header Stripe signs with (docs.stripe.com/webhooks/signature): HMAC-SHA-256 over time and body. */
function signatureOf(body: string, secret: string): string {
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/** Makes card payments whose events go to Laurel's own endpoint, signed with the endpoint's secret. */
export function createCardPayments(laurel: Laurel, webhookSecret: string): CardPayments {
  const send = async (event: ReturnType<typeof eventOf>) => {
    const body = JSON.stringify(event);
    const headers = { 'content-type': 'application/json', 'stripe-signature': signatureOf(body, webhookSecret) };
    const url = `http://localhost/api/programs/${program}/stripe/webhook`;
    const answer = await laurel.fetch(new Request(url, { method: 'POST', headers, body }));
    // Stripe itself would try again for three days.
    if (!answer.ok) throw new Error(`The webhook was answered ${answer.status}.`);
  };
  return {
    paid: (id, account, minor, friendsCode) =>
      send(
        eventOf('checkout.session.completed', id, {
          id: `cs_test_${id}`,
          object: 'checkout.session',
          amount_subtotal: minor,
          amount_total: minor,
          client_reference_id: account.id,
          created: Math.floor(Date.now() / 1000),
          currency: currency.toLowerCase(),
          customer: null,
          invoice: null,
          livemode: false,
          metadata: friendsCode === undefined ? {} : { laurel_code: friendsCode },
          mode: 'payment',
          payment_intent: `pi_${id}`,
          payment_status: 'paid',
          status: 'complete',
          subscription: null,
        }),
      ),
    refunded: (id, minor) =>
      send(
        eventOf('charge.refunded', id, {
          id: `ch_${id}`,
          object: 'charge',
          amount: minor,
          amount_captured: minor,
          amount_refunded: minor,
          created: Math.floor(Date.now() / 1000),
          currency: currency.toLowerCase(),
          customer: null,
          invoice: null,
          livemode: false,
          metadata: {},
          paid: true,
          payment_intent: `pi_${id}`,
          refunded: true,
          status: 'succeeded',
        }),
      ),
  };
}
