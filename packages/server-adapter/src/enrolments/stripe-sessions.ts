import { LaurelProblem } from '../problem.ts';
import type { StripeSettings } from '../stripe-options.ts';
import { amountFor } from '../stripe-wire/money.ts';
import { type SessionFact, sessionFactOf } from './payment-facts.ts';

const timeoutMilliseconds = 15_000;

/** The keeper has other things to do, and comes again. */
const briefly = { timeout: 5_000, maxNetworkRetries: 0 };

/** A seat that somebody goes to pay for. */
export interface SeatToPay {
  enrolment: string;
  participant: string;
  /** What Stripe calls it on its page. */
  name: string;
  price: { minor: number; currency: string };
  successUrl: string;
  cancelUrl: string;
  expiresAt: Date;
  /** The same for calls that are to give one session. */
  idempotencyKey: string;
}

/** A Checkout Session (docs.stripe.com/api/checkout/sessions). */
export interface Session {
  id: string;
  url: string;
}

/** Makes sessions at Stripe in which somebody pays, and closes them. */
export interface StripeSessions {
  /** @throws LaurelProblem unavailable when Stripe makes none, or its package is not there */
  create(seat: SeatToPay): Promise<Session>;
  /**
   * Has a session take no payment any more, and answers what became of it: Stripe closes only what is open.
   * @throws the error of Stripe's package when Stripe does not say
   */
  close(session: string): Promise<SessionFact | null>;
}

/** Makes the maker of sessions; `null` without a key. The package is loaded when the first session is made. */
export function createStripeSessions({ secretKey, apiUrl }: StripeSettings): StripeSessions | null {
  if (secretKey === null) return null;
  const { protocol, hostname, port } = new URL(apiUrl);
  const load = async () => {
    const { default: Stripe } = await import('stripe').catch((cause: unknown) => {
      throw new LaurelProblem('unavailable', 'Install the package "stripe" beside Laurel to take payments.', { cause });
    });
    return new Stripe(secretKey, {
      ...{ host: hostname, protocol: protocol === 'http:' ? 'http' : 'https', ...(port && { port }) },
      ...{ timeout: timeoutMilliseconds, maxNetworkRetries: 2, telemetry: false },
    });
  };
  let client: ReturnType<typeof load> | undefined;
  const connect = () => {
    client ??= load();
    return client.catch((error: unknown) => {
      client = undefined;
      throw error;
    });
  };

  return {
    close: async (session) => {
      const { checkout } = await connect();
      const closed = await checkout.sessions.expire(session, {}, briefly).catch((error: { type?: unknown }) => {
        if (error.type !== 'StripeInvalidRequestError') throw error;
        return checkout.sessions.retrieve(session, {}, briefly);
      });
      return sessionFactOf(closed);
    },
    create: async (seat) => {
      const stripe = await connect();
      const metadata = { laurel_enrolment: seat.enrolment };
      const { unit_amount, currency } = amountFor(seat.price);
      const asked = stripe.checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: seat.name } } }],
          client_reference_id: seat.participant,
          metadata,
          payment_intent_data: { metadata },
          success_url: seat.successUrl,
          cancel_url: seat.cancelUrl,
          expires_at: Math.floor(seat.expiresAt.getTime() / 1000),
        },
        { idempotencyKey: seat.idempotencyKey },
      );
      const { id, url } = await asked.catch((cause: unknown) => {
        throw new LaurelProblem('unavailable', 'Stripe did not open a checkout. Try again in a moment.', { cause });
      });
      if (url === null) throw new LaurelProblem('unavailable', 'Stripe opened a checkout without an address.');
      return { id, url };
    },
  };
}
