/**
 * Laurel's typed client: the whole API, live updates, referral capture and an offline outbox.
 *
 * @example
 * ```ts
 * import { createClient } from '@laurelkit/sdk';
 * const laurel = createClient({ baseUrl: 'https://shop.example/api', key: process.env.LAUREL_SECRET_KEY });
 * await laurel.conversions.create({ program: 'friends', participant: 'u_1', event: 'purchase', idempotencyKey: 'order-1' });
 * ```
 */
import { changeCalls } from './calls.ts';
import { createFetchClient } from './client.ts';
import type { Api } from './contract/api.ts';
import type { Contract } from './contract/index.ts';
import { type LiveOptions, type Subscription, subscribe, type Topic } from './live.ts';
import { randomKey } from './random.ts';
import type { Connection } from './request.ts';
import { createRetryingFetch } from './retry.ts';
import { withValidation } from './validation.ts';

/** Options of `createClient`. */
export interface ClientOptions extends Connection {
  /** `contract` of `@laurelkit/sdk/contract`: checks every input and answer against its schema at run time. */
  validate?: Contract | undefined;
  /** How many times a failed call is tried again; 2 unless told, 0 for never. */
  retry?: number | undefined;
  /** Milliseconds a call may take, all tries and pauses together; 30,000 unless told. One try may take 10,000. */
  timeout?: number | undefined;
}

/** The API as typed functions, and `live`. */
export type Client = Api & {
  /** Listens to topics until closed: see `subscribe`, whose connection is the client's own. */
  live(topics: readonly Topic[], options?: LiveOptions): Subscription;
};

/**
 * The whole API as typed functions, with retries (408, 429, 5xx, no answer; back-off, `Retry-After`), a time limit, and
 * an `Idempotency-Key` on every write, the same at each try, so that a retried write has one effect.
 *
 * Each function takes one flat object, path parameters, query and body together, then `{ signal, idempotencyKey }`.
 * Rejects with `LaurelError`; an aborted call with the signal's reason. A `token` function is asked at each request,
 * and once more when the server refused the token.
 *
 * @throws TypeError when `baseUrl` is not an address here (a path such as `/api` is one in a browser only).
 */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, validate, retry = 2, timeout = 30_000 } = options;
  if (!URL.canParse(baseUrl, globalThis.location?.href)) {
    throw new TypeError(`baseUrl "${baseUrl}" must be absolute outside a browser, such as https://shop.example/api`);
  }
  const fetch = createRetryingFetch({
    fetch: options.fetch,
    retry,
    attemptTimeout: Math.min(timeout, 10_000),
    longestWait: timeout,
  });
  const http = changeCalls(createFetchClient({ ...options, fetch }), (call, route) => (input, given = {}) => {
    const limit = AbortSignal.timeout(timeout);
    const signal = given.signal ? AbortSignal.any([given.signal, limit]) : limit;
    if (route.startsWith('GET ')) return call(input, { signal });
    return call(input, { signal, idempotencyKey: given.idempotencyKey ?? randomKey() });
  });
  const calls = validate ? withValidation(http, validate) : http;
  return { ...calls, live: (topics, liveOptions) => subscribe({ ...options, ...liveOptions, topics }) };
}

export {
  type Attribution,
  type AttributionOptions,
  type Consent,
  createAttribution,
  defaultParameters,
} from './attribution.ts';
export { createFetchClient } from './client.ts';
export type { Api, Call, CallOptions } from './contract/api.ts';
export type { LiveMessages } from './contract/live.ts';
export type { ProblemCode } from './contract/problems.ts';
export { type FieldError, LaurelError, type LaurelErrorCode } from './errors.ts';
export {
  type LiveHandlers,
  type LiveOptions,
  type LiveState,
  type SubscribeOptions,
  type Subscription,
  subscribe,
  type Topic,
} from './live.ts';
export { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';
export { indexedDbStorage } from './outbox-indexeddb.ts';
export type { ApiWrite, Send } from './outbox-send.ts';
export { memoryStorage, type OutboxItem, type OutboxStorage } from './outbox-storage.ts';
export { type ItemOf, type ListCall, paginate } from './paginate.ts';
export type { Connection, Token } from './request.ts';
export type { Touch } from './touch.ts';
export { withValidation } from './validation.ts';
