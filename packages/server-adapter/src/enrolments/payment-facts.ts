import type { StripeEvent } from '../stripe-options.ts';
import { type Fields, fieldsOf } from '../stripe-wire/fields.ts';
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

/** What became of a session, by what it says of itself; `null` while it is open. */
export function sessionFactOf(session: unknown): SessionFact | null {
  const object = fieldsOf(session);
  const status = object.text('status');
  if (status === 'expired') return told(object, 'expired');
  return status === 'complete' ? told(object, completed(object)) : null;
}

const completed = (object: Fields) => (object.text('payment_status') === 'unpaid' ? 'pending' : 'paid');

function told(object: Fields, state: SessionFact['state'], failed = false): SessionFact | null {
  const session = object.text('id');
  const expires = object.count('expires_at');
  return session === null
    ? null
    : {
        ...{ kind: 'session', session, state, failed, payment: object.id('payment_intent') },
        enrolment: object.in('metadata').text('laurel_enrolment'),
        price: moneyOf(object.count('amount_total') ?? 0, object.text('currency') ?? ''),
        expiresAt: expires === null || expires < 0 || expires > 253_402_300_799 ? null : new Date(expires * 1000),
      };
}

/** What an event of Stripe's says about paying for seats; `null` when nothing. A refund in part says nothing. */
export function paymentFactOf({ type, data }: StripeEvent): SessionFact | RefundFact | null {
  const object = fieldsOf(data?.object);
  if (type === 'charge.refunded') {
    const payments = [object.id('payment_intent'), object.text('id')].filter((each) => each !== null);
    return object.flag('refunded') && payments.length > 0 ? { kind: 'refund', payments } : null;
  }
  const happened = sessionEvents.get(type as never);
  if (!happened) return null;
  const state = happened === 'completed' ? completed(object) : happened === 'paid' ? 'paid' : 'expired';
  return told(object, state, happened === 'failed');
}
