import type { StripeEvent } from '../stripe-options.ts';
import { type Fields, fieldsOf } from '../stripe-wire/fields.ts';
import { moneyOf } from '../stripe-wire/money.ts';

/** A sale: a checkout without an invoice, or an invoice. Where Stripe makes an invoice, the invoice is the sale. */
export interface SaleFact {
  /** Its id at Stripe. */
  object: string;
  kind: 'purchase' | 'renewal';
  minor: number;
  currency: string;
  metadata: Record<string, string>;
}

/** Money that was taken back: all refunds of a charge so far, or a dispute. */
export interface ReturnFact {
  object: string;
  charge: string | null;
  paymentIntent: string | null;
  minor: number;
  /** A dispute that is still open may be won. */
  final: boolean;
}

/** What a charge was paid with. */
export interface MeansFact {
  charge: string;
  paymentIntent: string | null;
  fingerprint: string;
}

/** What an event says, in any order and however often it is said. */
export interface Facts {
  at: Date;
  customer: string | null;
  /** Who bought, and whether somebody Laurel has not met is to be met by it. */
  person: { reference: string; meet: boolean } | null;
  clickId: string | null;
  referralCode: string | null;
  sale: SaleFact | null;
  /** The sale that the event is about, though another event tells of it. */
  about: string | null;
  /** Which payments paid for which sale. */
  payments: { payment: string; object: string }[];
  returned: ReturnFact | null;
  /** The buyer's address, as Stripe has it. */
  email: string | null;
  /** What paid: Stripe's fingerprint of the card or account. */
  means: MeansFact | null;
}

type Reader = (object: Fields, facts: Facts) => Facts | null;

const own = ['laurel_participant', 'laurel_click', 'laurel_code'];
const mostMetadata = 48;

/** The facts of an event, or `null` when its kind means nothing here. */
export function factsOf({ type, created, data }: StripeEvent): Facts | null {
  const object = fieldsOf(data?.object);
  const none: Facts = {
    at: new Date(created * 1000),
    customer: object.id('customer'),
    person: null,
    clickId: null,
    referralCode: null,
    sale: null,
    about: null,
    payments: [],
    returned: null,
    email: null,
    means: null,
  };
  return Object.hasOwn(readers, type) ? (readers[type]?.(object, none) ?? null) : null;
}

const checkout: Reader = (session, facts) => {
  const id = session.id('id');
  if (!id) return null;
  const metadata = session.in('metadata').texts();
  const invoice = session.id('invoice');
  const payment = session.id('payment_intent');
  const invoiced =
    invoice !== null || session.text('mode') !== 'payment' || session.in('invoice_creation').flag('enabled');
  const isPaid = session.text('payment_status') === 'paid';
  const country = session.in('customer_details').in('address').text('country');
  const sale =
    invoiced || !isPaid ? null : saleOf(session, 'amount_total', { id, kind: 'purchase', metadata, country });
  const person = whoAndHow(metadata, session.text('client_reference_id'));
  const promotions = session.list('discounts').map((each) => each.id('promotion_code'));
  return {
    ...facts,
    ...person,
    referralCode: person.referralCode ?? promotions.find((each) => each !== null) ?? null,
    sale,
    about: invoice,
    email: session.in('customer_details').text('email'),
    payments: payment ? [{ payment, object: invoice ?? id }] : [],
  };
};

const invoicePaid: Reader = (invoice, facts) => {
  const id = invoice.id('id');
  if (!id) return null;
  const reason = invoice.text('billing_reason') ?? '';
  const isRenewal = reason.startsWith('subscription') && reason !== 'subscription_create';
  // The first place is that of API versions from 2025-03-31 (basil) on.
  const subscription = [invoice.in('parent').in('subscription_details'), invoice.in('subscription_details')];
  const metadata = Object.assign({}, ...subscription.map((each) => each.in('metadata').texts()), {
    ...invoice.in('metadata').texts(),
  }) as Record<string, string>;
  const products = new Set(invoice.list('lines').map(productOf));
  const payments = [
    invoice.id('payment_intent'),
    invoice.id('charge'),
    ...invoice.list('payments').map((each) => paymentIn(each)),
  ].filter((each) => each !== null);
  return {
    ...facts,
    ...whoAndHow(metadata, null),
    email: invoice.text('customer_email'),
    sale: saleOf(invoice, 'amount_paid', {
      id,
      kind: isRenewal ? 'renewal' : 'purchase',
      metadata,
      country: invoice.in('customer_address').text('country'),
      product: products.size === 1 ? [...products][0] : null,
    }),
    payments: [...new Set(payments)].map((payment) => ({ payment, object: id })),
  };
};

const invoicePayment: Reader = (paid, facts) => {
  const invoice = paid.id('invoice');
  const payment = paymentIn(paid);
  return invoice && payment ? { ...facts, payments: [{ payment, object: invoice }] } : null;
};

/** A card, a bank account, a direct debit: the kinds of which Stripe tells a fingerprint. */
const charged: Reader = (charge, facts) => {
  const id = charge.id('id');
  const details = charge.in('payment_method_details');
  const fingerprint = details.in(details.text('type') ?? '').text('fingerprint');
  if (!id || !fingerprint) return null;
  return { ...facts, means: { charge: id, paymentIntent: charge.id('payment_intent'), fingerprint } };
};

const refunded: Reader = (charge, facts) => {
  const id = charge.id('id');
  const refund = moneyOf(charge.count('amount_refunded') ?? 0, charge.text('currency') ?? '');
  if (!id || !refund) return null;
  const invoice = charge.id('invoice');
  return {
    ...facts,
    payments: invoice ? [{ payment: id, object: invoice }] : [],
    returned: {
      object: id,
      charge: id,
      paymentIntent: charge.id('payment_intent'),
      minor: refund.minor,
      final: true,
    },
  };
};

/** An inquiry (`warning_…`) takes no money back; a dispute does as soon as it is opened, until it is won. */
const disputed: Reader = (dispute, facts) => {
  const id = dispute.id('id');
  const status = dispute.text('status') ?? '';
  const amount = moneyOf(dispute.count('amount') ?? 0, dispute.text('currency') ?? '');
  if (!id || !amount || status.startsWith('warning_')) return null;
  return {
    ...facts,
    returned: {
      object: id,
      charge: dispute.id('charge'),
      paymentIntent: dispute.id('payment_intent'),
      minor: status === 'won' ? 0 : amount.minor,
      final: status === 'won' || status === 'lost',
    },
  };
};

const readers: Record<string, Reader> = {
  'checkout.session.completed': checkout,
  'checkout.session.async_payment_succeeded': checkout,
  'invoice.paid': invoicePaid,
  'invoice_payment.paid': invoicePayment,
  'charge.succeeded': charged,
  'charge.refunded': refunded,
  'charge.dispute.created': disputed,
  'charge.dispute.closed': disputed,
};

interface SaleParts {
  id: string;
  kind: SaleFact['kind'];
  metadata: Record<string, string>;
  country: string | null;
  product?: string | null | undefined;
}

function saleOf(object: Fields, amount: string, { id, kind, metadata, country, product }: SaleParts): SaleFact | null {
  const money = moneyOf(object.count(amount) ?? 0, object.text('currency') ?? '');
  if (!money || money.minor <= 0) return null;
  const facts = Object.entries(metadata).filter(([name]) => !own.includes(name));
  return {
    object: id,
    kind,
    ...money,
    metadata: {
      ...(country && { country }),
      ...(product && { product }),
      ...Object.fromEntries(facts.slice(0, mostMetadata)),
    },
  };
}

function whoAndHow(metadata: Record<string, string>, reference: string | null) {
  const clickId = metadata.laurel_click ?? null;
  const referralCode = metadata.laurel_code ?? null;
  const named = metadata.laurel_participant;
  // A client reference may as well be the id of a cart, unless the host says with it how the buyer came.
  const meet = named !== undefined || clickId !== null || referralCode !== null;
  const person = named ?? reference;
  return { person: person ? { reference: person, meet } : null, clickId, referralCode };
}

function productOf(line: Fields): string | null {
  const price = line.in('pricing').in('price_details');
  return price.id('product') ?? line.in('price').id('product') ?? line.in('plan').id('product');
}

const paymentIn = (invoicePayment: Fields): string | null => {
  const payment = invoicePayment.in('payment');
  return payment.id('payment_intent') ?? payment.id('charge');
};
