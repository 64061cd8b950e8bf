import { type FieldError, LaurelError, type LaurelErrorCode } from './errors.ts';

interface Problem {
  code: LaurelErrorCode;
  title: string;
  detail: string;
  errors: readonly FieldError[];
}

/** Reads an answer that is not a success as the error it stands for: its problem document, or `unexpected_response`. */
export async function errorOf(response: Response): Promise<LaurelError> {
  const { status, headers } = response;
  const problem: Partial<Problem> = (await response.json().catch(() => null)) ?? {};
  const { code = 'unexpected_response', title = `HTTP ${status}`, detail = title } = problem;
  return new LaurelError(code, status, detail, {
    errors: problem.errors,
    retryAfter: Number(headers.get('retry-after')) || undefined,
    requestId: headers.get('x-request-id') ?? undefined,
  });
}

/**
 * Whether the same call may succeed later without a change: no answer, a server that failed, 408, 425, 429, or a twin
 * of the call still being worked on. Errors that are not a `LaurelError` count as temporary.
 */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof LaurelError) || error.code === 'idempotency_in_flight') return true;
  return error.status < 400 || error.status > 499 || [408, 425, 429].includes(error.status);
}
