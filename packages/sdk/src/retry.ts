import ky, { HTTPError } from 'ky';

/** Options of `createRetryingFetch`. */
interface RetryOptions {
  /** The `fetch` to call; the platform's unless told. */
  fetch?: typeof globalThis.fetch | undefined;
  /** How many times to try again. */
  retry: number;
  /** Milliseconds one try may take. */
  attemptTimeout: number;
  /** Milliseconds above which a `Retry-After` is not waited for: the answer is given at once. */
  longestWait: number;
}

// 409 is among them for `idempotency_in_flight` alone: an earlier try of this very call is still being worked on.
const statusCodes = [408, 409, 429, 500, 502, 503, 504];

function shouldRetry(error: Error, longestWait: number): boolean | undefined {
  if (error instanceof TypeError) return true;
  if (!(error instanceof HTTPError)) return undefined;
  const { data, response } = error as HTTPError<unknown>;
  if (response.status === 409 && (data as { code?: unknown } | undefined)?.code !== 'idempotency_in_flight')
    return false;
  return Number(response.headers.get('retry-after')) * 1000 > longestWait ? false : undefined;
}

/**
 * A `fetch` that tries again on 408, 429, 500, 502, 503, 504, a twin in flight, a try that took too long and network
 * errors, with exponential back-off, jitter and `Retry-After`, sending the same request each time. Like `fetch`, it
 * resolves with the last answer whatever its status.
 */
export function createRetryingFetch(options: RetryOptions): typeof globalThis.fetch {
  const { retry, attemptTimeout, longestWait } = options;
  return async (input, init) => {
    const fetch = options.fetch ?? globalThis.fetch;
    try {
      return await ky(input, {
        ...(init as object),
        fetch: (request, more) => fetch(request, more),
        timeout: attemptTimeout,
        throwHttpErrors: (status) => statusCodes.includes(status),
        retry: {
          limit: retry,
          methods: ['get', 'post', 'patch', 'put', 'delete'],
          statusCodes,
          afterStatusCodes: statusCodes,
          backoffLimit: 8000,
          jitter: (delay) => delay * (0.5 + Math.random() / 2),
          retryOnTimeout: true,
          shouldRetry: ({ error }) => shouldRetry(error, longestWait),
        },
      });
    } catch (error) {
      if (!(error instanceof HTTPError)) throw error;
      const { data, response } = error;
      // ky has read the body: an answer is made anew for those who read it next.
      return new Response(typeof data === 'string' ? data : JSON.stringify(data), response);
    }
  };
}
