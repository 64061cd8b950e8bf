import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const stripeKey = 'sk_test_for_tests_only_0123456789';

/** A session as this Stripe keeps it, with the form it was asked for with. */
export interface MadeSession {
  id: string;
  url: string;
  expires_at: number;
  form: Record<string, string>;
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid';
  payment_intent: string | null;
}

interface Kept {
  body: string;
  answer?: { status: number; json: unknown };
}

/** A session as Stripe tells of it. */
const told = ({ form, ...session }: MadeSession) => ({
  ...{ ...session, object: 'checkout.session', mode: form.mode, livemode: false, currency: 'eur', amount_total: 4900 },
  ...{ url: session.status === 'open' ? session.url : null, client_reference_id: form.client_reference_id ?? null },
  metadata: { laurel_enrolment: form['metadata[laurel_enrolment]'] },
});

const failure = (type: string, message: string) => ({ error: { type, message } });

/**
 * A Stripe on this machine that makes, tells and expires Checkout Sessions: forms in, JSON out, as documented
 * (docs.stripe.com/api). It keeps
 * answers by `Idempotency-Key`, refuses a key that comes with another form, and one whose first request is under way.
 */
export async function stripeApi() {
  const sessions: MadeSession[] = [];
  const keys = new Map<string, Kept>();
  let broken = false;
  let delay = 0;
  let requests = 0;
  let expiring = 0;

  const make = (body: string) => {
    const form = Object.fromEntries(new URLSearchParams(body));
    const expires = Number(form.expires_at);
    const seconds = expires - Date.now() / 1000;
    if (!(seconds >= 30 * 60 && seconds <= 24 * 3600)) {
      return {
        status: 400,
        json: failure('invalid_request_error', 'The `expires_at` timestamp must be 30 minutes to 24 hours from now.'),
      };
    }
    const id = `cs_test_${randomUUID().replaceAll('-', '')}`;
    const session: MadeSession = {
      ...{ id, url: `https://checkout.stripe.com/c/pay/${id}`, expires_at: expires, form },
      ...{ status: 'open', payment_status: 'unpaid', payment_intent: null },
    };
    sessions.push(session);
    return { status: 200, json: told(session) };
  };

  /** One that is there: told, or expired while it is open. */
  const about = (method: string, id: string, verb: string | undefined) => {
    const session = sessions.find((each) => each.id === id);
    if (!session) return { status: 404, json: failure('invalid_request_error', `No such checkout.session: ${id}`) };
    if (method === 'GET' && verb === undefined) return { status: 200, json: told(session) };
    if (method !== 'POST' || verb !== 'expire') {
      return { status: 404, json: failure('invalid_request_error', 'Unrecognized request URL.') };
    }
    expiring += 1;
    if (session.status !== 'open') {
      const message = `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`;
      return { status: 400, json: failure('invalid_request_error', message) };
    }
    session.status = 'expired';
    return { status: 200, json: told(session) };
  };

  const answerTo = async (request: IncomingMessage): Promise<{ status: number; json: unknown }> => {
    const body = await text(request);
    requests += 1;
    if (broken) return { status: 500, json: failure('api_error', 'Something is wrong on our side.') };
    if (request.headers.authorization !== `Bearer ${stripeKey}`) {
      return { status: 401, json: failure('invalid_request_error', 'Invalid API Key provided.') };
    }
    const [, id, verb] = /^\/v1\/checkout\/sessions\/(\w+)(?:\/(\w+))?$/.exec(request.url ?? '') ?? [];
    if (id) return about(request.method ?? '', id, verb);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    if (request.method !== 'POST' || request.url !== '/v1/checkout/sessions' || !isForm) {
      return { status: 404, json: failure('invalid_request_error', 'Unrecognized request URL.') };
    }
    const key = String(request.headers['idempotency-key'] ?? randomUUID());
    const kept = keys.get(key);
    if (kept && kept.body !== body) {
      return { status: 400, json: failure('idempotency_error', 'The key was used with other parameters.') };
    }
    if (kept) {
      return (
        kept.answer ?? { status: 409, json: failure('idempotency_error', 'A request with this key is in progress.') }
      );
    }
    const entry: Kept = { body };
    keys.set(key, entry);
    await new Promise((resolve) => setTimeout(resolve, delay));
    entry.answer = make(body);
    return entry.answer;
  };

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const { status, json } = await answerTo(request);
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test' });
    response.end(JSON.stringify(json));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sessions,
    get requests() {
      return requests;
    },
    /** How often it was asked to expire a session. */
    get expiring() {
      return expiring;
    },
    /** Has a learner pay in a session on Stripe's page: at once, or by a debit that takes days. */
    pay: (id: string, how: 'paid' | 'unpaid' = 'paid') => {
      const session = sessions.find((each) => each.id === id && each.status === 'open');
      if (!session) throw new Error(`nobody can pay in ${id}`);
      Object.assign(session, { status: 'complete', payment_status: how, payment_intent: `pi_${id}` });
    },
    /** Has it answer 500 to everything, or no more. */
    break: (now: boolean) => {
      broken = now;
    },
    /** Milliseconds that making a session takes. */
    slow: (milliseconds: number) => {
      delay = milliseconds;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
