import type { StripeEvent } from '../stripe-options.ts';
import { fieldsOf } from '../stripe-wire/fields.ts';
import { moneyOf } from '../stripe-wire/money.ts';

/** What became of a Checkout Session. */
export interface SessionFact {
  kind: 'session';
  session: string;
  /** The enrolment it says it is of. */
  enrolment: string | null;
  state: 'pending' | 'expired' | 'paid';
  /** A payment that was on its way came to nothing. */
  failed: boolean;
  payment: string | null;
  price: { minor: number; currency: string } | null;
  expiresAt: Date | null;
}

/** All of a payment went back. */
export interface RefundFact {
  kind: 'refund';
  /** Ids by which it may be known: of the payment and of the charge. */
  payments: string[];
}

const sessionEvents = new Map([
  ['checkout.session.completed', 'completed'],
  ['checkout.session.async_payment_succeeded', 'paid'],
  ['checkout.session.async_payment_failed', 'failed'],
  ['checkout.session.expired', 'expired'],
] as const);

/** What an event of Stripe's says about paying for seats; `null` when nothing. A refund in part says nothing. */
export function paymentFactOf({ type, data }: StripeEvent): SessionFact | RefundFact | null {
  const object = fieldsOf(data?.object);
  if (type === 'charge.refunded') {
    const payments = [object.id('payment_intent'), object.text('id')].filter((each) => each !== null);
    return object.flag('refunded') && payments.length > 0 ? { kind: 'refund', payments } : null;
  }
  const happened = sessionEvents.get(type as never);
  const session = object.text('id');
  if (!happened || !session) return null;
  const isUnpaid = object.text('payment_status') === 'unpaid';
  const expires = object.count('expires_at');
  return {
    ...{ kind: 'session', session, failed: happened === 'failed', payment: object.id('payment_intent') },
    enrolment: object.in('metadata').text('laurel_enrolment'),
    state: happened === 'completed' ? (isUnpaid ? 'pending' : 'paid') : happened === 'paid' ? 'paid' : 'expired',
    price: moneyOf(object.count('amount_total') ?? 0, object.text('currency') ?? ''),
    expiresAt: expires === null || expires < 0 || expires > 253_402_300_799 ? null : new Date(expires * 1000),
  };
}
