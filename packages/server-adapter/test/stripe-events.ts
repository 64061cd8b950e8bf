import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import type { TestLaurel } from '../src/testing.ts';

export const webhookSecret = 'whsec_for_tests_only_0123456789';

/** An event in the form Stripe documents (docs.stripe.com/api/events/object), with these members of its object. */
export function stripeEvent(type: string, object: Record<string, unknown>, created = Math.floor(Date.now() / 1000)) {
  return {
    id: `evt_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    object: 'event',
    api_version: '2025-09-30.clover',
    created,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
}

export type WireEvent = ReturnType<typeof stripeEvent>;

/** A Checkout Session (docs.stripe.com/api/checkout/sessions/object), paid once, of nobody unless told. */
export const session = (more: Record<string, unknown> = {}) => ({
  id: 'cs_test_1',
  object: 'checkout.session',
  amount_subtotal: 4000,
  amount_total: 4000,
  client_reference_id: null,
  created: 1_760_000_000,
  currency: 'eur',
  customer: null,
  customer_details: { address: { city: null, country: 'PT' }, email: 'buyer@example.com', name: 'Buyer' },
  invoice: null,
  invoice_creation: { enabled: false, invoice_data: {} },
  livemode: false,
  metadata: {},
  mode: 'payment',
  payment_intent: 'pi_1',
  payment_status: 'paid',
  status: 'complete',
  subscription: null,
  ...more,
});

/** A subscription's invoice (docs.stripe.com/api/invoices/object) of API versions from basil on: it names no payment. */
export const invoice = (more: Record<string, unknown> = {}) => ({
  id: 'in_1',
  object: 'invoice',
  amount_due: 2000,
  amount_paid: 2000,
  billing_reason: 'subscription_create',
  currency: 'eur',
  customer: 'cus_1',
  customer_address: { country: 'PT' },
  lines: {
    object: 'list',
    data: [{ id: 'il_1', object: 'line_item', pricing: { price_details: { price: 'price_1', product: 'prod_1' } } }],
  },
  metadata: {},
  parent: { type: 'subscription_details', subscription_details: { metadata: {}, subscription: 'sub_1' } },
  status: 'paid',
  ...more,
});

/** An Invoice Payment (docs.stripe.com/api/invoice-payment/object): which payment paid for which invoice. */
export const invoicePayment = (invoiceId: string, paymentIntent: string) => ({
  id: `inpay_${invoiceId}`,
  object: 'invoice_payment',
  amount_paid: 2000,
  amount_requested: 2000,
  currency: 'eur',
  invoice: invoiceId,
  is_default: true,
  payment: { payment_intent: paymentIntent, type: 'payment_intent' },
  status: 'paid',
});

/** A Charge (docs.stripe.com/api/charges/object) of which so much has been refunded. */
export const charge = (amountRefunded: number, more: Record<string, unknown> = {}) => ({
  id: 'ch_1',
  object: 'charge',
  amount: 4000,
  amount_captured: 4000,
  amount_refunded: amountRefunded,
  currency: 'eur',
  customer: null,
  payment_intent: 'pi_1',
  refunded: amountRefunded >= 4000,
  status: 'succeeded',
  ...more,
});

/** A Charge that succeeded, paid by card (docs.stripe.com/api/charges/object, `payment_method_details.card.fingerprint`). */
export const cardCharge = (fingerprint: string, more: Record<string, unknown> = {}) => ({
  ...charge(0, more),
  payment_method_details: {
    type: 'card',
    card: { brand: 'visa', country: 'PT', fingerprint, funding: 'credit', last4: '4242' },
  },
});

/** A Dispute (docs.stripe.com/api/disputes/object). */
export const dispute = (status: string, more: Record<string, unknown> = {}) => ({
  id: 'dp_1',
  object: 'dispute',
  amount: 4000,
  charge: 'ch_1',
  currency: 'eur',
  payment_intent: 'pi_1',
  reason: 'fraudulent',
  status,
  ...more,
});

/** A signature as Stripe makes it, by the package's own helper. */
export const signatureOf = (payload: string, secret = webhookSecret, timestamp?: number) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp !== undefined && { timestamp }) });

/** Delivers bytes with a signature. */
export async function deliver(laurel: TestLaurel, payload: string, signature: string, program = 'friends') {
  const response = await laurel.fetch(
    new Request(`https://shop.example/api/programs/${program}/stripe/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      body: payload,
    }),
  );
  return { status: response.status, json: (await response.json()) as { outcome?: string; code?: string } };
}

/** Delivers an event, rightly signed. */
export const send = (laurel: TestLaurel, event: WireEvent) => {
  const payload = JSON.stringify(event);
  return deliver(laurel, payload, signatureOf(payload));
};
