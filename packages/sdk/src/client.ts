/**
 * The client on the platform's `fetch` alone: no dependencies, about a kilobyte. For pages and widgets where size
 * counts; `createClient` of the main entry adds retries, time limits and idempotency keys.
 *
 * @example
 * ```ts
 * import { createFetchClient } from '@laurelkit/sdk/client';
 * const laurel = createFetchClient({ baseUrl: '/api', key: 'pk_…' });
 * const board = await laurel.leaderboards.list({ contest: 'spring' });
 * ```
 */
import { createCall, createCalls } from './calls.ts';
import type { Api } from './contract/api.ts';
import type { Connection } from './request.ts';

/**
 * The whole API as typed functions over `fetch`.
 *
 * Each takes one flat object: path parameters, query and body together. Rejects with `LaurelError`; an aborted call
 * with the signal's reason. Sends `options.idempotencyKey` as `Idempotency-Key`. Asks a `token` function at each
 * request, and once more when the server refused the token. Does not retry otherwise.
 */
export function createFetchClient(connection: Connection): Api {
  return createCalls((route) => createCall(connection, route));
}

export { routeCall } from './calls.ts';
export type { Api, CallOptions } from './contract/api.ts';
export type { LiveMessages } from './contract/live.ts';
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
export type { Connection, Token } from './request.ts';
export { withValidation } from './validation.ts';
