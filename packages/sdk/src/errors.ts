import type { ProblemCode } from './contract/problems.ts';

/** Every `code` a `LaurelError` may carry: the problems of the API, and what can go wrong before one arrives. */
export type LaurelErrorCode = ProblemCode | 'network_error' | 'timeout' | 'unexpected_response';

/** One field the server (or `validate`) refused. */
export interface FieldError {
  /** Where in the input, as a JSON Pointer in a URI fragment (RFC 6901 §6): `#/scoring/0/points`. */
  pointer: string;
  /** What is wrong with it. */
  detail: string;
}

/** What a `LaurelError` may say beside its code, status and detail. */
export interface LaurelErrorExtra {
  /** The fields that were refused. */
  errors?: readonly FieldError[] | undefined;
  /** Seconds to wait before the next try, from `Retry-After` (RFC 9110 §10.2.3). */
  retryAfter?: number | undefined;
  /** The server's name for this request; quote it when you ask for help. */
  requestId?: string | undefined;
  /** The error underneath. */
  cause?: unknown;
}

/**
 * What the calls of a client reject with, except that an abort rejects with the signal's own reason, and what a `token`
 * function throws passes through.
 *
 * Switch on `code`, which never changes its meaning; `detail` is for people. A problem document of the server
 * (RFC 9457) keeps its `code` and `status`; `network_error` and `timeout` have status 0; an answer that is neither the
 * expected JSON nor a problem is `unexpected_response`. A newer server may send a code this type does not list yet.
 *
 * @example
 * ```ts
 * try {
 *   await client.programs.me({ program: 'friends' });
 * } catch (error) {
 *   if (error instanceof LaurelError && error.code === 'token_invalid') signIn();
 *   else throw error;
 * }
 * ```
 */
export class LaurelError extends Error implements LaurelErrorExtra {
  /** Stable, for programs. */
  declare readonly code: LaurelErrorCode;
  /** The HTTP status, 0 when there was no answer. */
  declare readonly status: number;
  /** What happened and what to do, for people. The same as `message`. */
  declare readonly detail: string;
  declare readonly errors?: readonly FieldError[] | undefined;
  declare readonly retryAfter?: number | undefined;
  declare readonly requestId?: string | undefined;

  constructor(code: LaurelErrorCode, status: number, detail: string, extra?: LaurelErrorExtra) {
    super(detail);
    Object.assign(this, { name: 'LaurelError', code, status, detail }, extra);
  }
}
