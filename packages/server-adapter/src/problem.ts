import { type ProblemCode, problems } from '@laurelkit/sdk/contract';

/** One field that did not match the contract: a JSON pointer as a fragment (RFC 6901 §6) and what to do about it. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** What a problem may carry beside its code and detail. */
export interface ProblemExtras {
  errors?: FieldError[];
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
  cause?: unknown;
}

/**
 * An error the caller can do something about: thrown by handlers, answered as `application/problem+json` (RFC 9457).
 *
 * In process (`laurel.api`) it is thrown as it is: tell problems apart by `code`.
 */
export class LaurelProblem extends Error {
  override readonly name = 'LaurelProblem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly errors: FieldError[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(`${code}: ${detail}`, { cause: extras.cause });
    this.code = code;
    this.status = problems[code].status;
    this.detail = detail;
    this.errors = extras.errors;
    this.retryAfter = extras.retryAfter;
  }
}

/** A mistake in `createLaurel`'s options or environment: the message says which one and how to mend it. */
export class LaurelConfigurationError extends Error {
  override readonly name = 'LaurelConfigurationError';
}
