import { LaurelError, type LaurelErrorCode } from './errors.ts';
import { errorOf } from './problem.ts';

/**
 * A participant token, or a function asked for one at each request. When the server refused a token, the function is
 * asked once more with the `refused` one. `undefined` falls back to `key`.
 */
export type Token = string | ((refused?: string) => string | undefined | Promise<string | undefined>);

/** Where the API is and who is asking. */
export interface Connection {
  /** Where Laurel is mounted: `https://shop.example/api`, or `/api` in a browser. */
  baseUrl: string;
  /** A publishable key (`pk_…`) in a browser, a secret key (`sk_…`) on a server only. */
  key?: string | undefined;
  /** The participant's own short-lived token; wins over `key`. */
  token?: Token | undefined;
  /** The `fetch` to use; the platform's unless told. */
  fetch?: typeof globalThis.fetch | undefined;
}

const codes: Record<string, LaurelErrorCode> = { TimeoutError: 'timeout', SyntaxError: 'unexpected_response' };

/**
 * Does a piece of network work. Its failure becomes a `LaurelError`: `timeout`, `unexpected_response` (with `status`)
 * when JSON was expected, otherwise `network_error`. An abort keeps the signal's reason.
 */
export async function overNetwork<T>(work: () => Promise<T>, signal?: AbortSignal, status = 0): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const cause = signal?.aborted ? signal.reason : error;
    const code = codes[cause?.name];
    if (signal?.aborted && !code) throw cause;
    throw new LaurelError(code ?? 'network_error', code === 'unexpected_response' ? status : 0, `${cause}`, { cause });
  }
}

/** What `request` sends. */
interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Sends one request with the caller's credential (RFC 6750). Resolves with a 2xx answer, rejects with anything else. */
export async function request(
  connection: Connection,
  path: string,
  options: RequestOptions,
  refused?: string,
): Promise<Response> {
  const { baseUrl, key, token, fetch = globalThis.fetch } = connection;
  const bearer = (typeof token === 'function' ? await token(refused) : token) ?? key;
  const headers = bearer ? { ...options.headers, authorization: `Bearer ${bearer}` } : options.headers;
  const init = { ...options, headers } as RequestInit;
  // `credentials` stays at its default, `same-origin`: naming it is an error on some edge runtimes.
  const response = await overNetwork(() => fetch(baseUrl.replace(/\/+$/, '') + path, init), options.signal);
  if (response.ok) return response;
  const error = await errorOf(response);
  if (error.code === 'token_invalid' && typeof token === 'function' && bearer && !refused) {
    return request(connection, path, options, bearer);
  }
  throw error;
}
