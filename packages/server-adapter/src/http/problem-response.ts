import { problems } from '@laurelkit/sdk/contract';
import { LaurelProblem } from '../problem.ts';
import type { Answer, AnswerHeaders } from './answer.ts';

/** The body of a problem as RFC 9457 has it, with our stable `code`. */
export function problemBody(problem: LaurelProblem, requestId: string) {
  return {
    type: `urn:laurel:problem:${problem.code}`,
    title: problems[problem.code].title,
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    requestId,
    ...(problem.errors && { errors: problem.errors }),
  };
}

/** The answer that tells a problem, over the headers that every answer has. */
export function problemAnswer(problem: LaurelProblem, requestId: string, headers: AnswerHeaders): Answer {
  if (problem.retryAfter !== undefined) headers['retry-after'] = String(problem.retryAfter);
  headers['content-type'] = 'application/problem+json';
  return { status: problem.status, headers, body: JSON.stringify(problemBody(problem, requestId)) };
}

/** SQLSTATE classes and Node codes of a database that went away, is starting, only reads (a standby) or has no connection to spare. */
const away = /^(08|57P0|53|25006$)|^E(CONN|PIPE|HOST|NOTFOUND|AI_AGAIN|TIMEDOUT)/;

const isAway = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && away.test(String(error.code))) ||
    /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      error.message,
    ));

/** SQLSTATE of a statement that waited in vain for what another transaction holds, or had to give way to one. */
const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(55P03|57014|40001|40P01)$/.test(String(error.code));

/** The problem of an error: itself, or a plain "something failed" that tells nothing of the inside. */
export function problemOf(error: unknown): LaurelProblem {
  if (error instanceof LaurelProblem) return error;
  if (isAway(error)) {
    return new LaurelProblem(
      'unavailable',
      'The database is away. Try again, with the same idempotency key if it was a write.',
      {
        retryAfter: 2,
        cause: error,
      },
    );
  }
  if (isHeld(error)) {
    return new LaurelProblem(
      'overloaded',
      'The database took too long: another transaction may hold what this changes. Try again, with the same idempotency key if it was a write.',
      { retryAfter: 2, cause: error },
    );
  }
  return new LaurelProblem(
    'internal_error',
    'Try again, with the same idempotency key if it was a write; if it stays, report the requestId.',
    {
      cause: error,
    },
  );
}
