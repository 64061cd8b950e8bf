import { problems } from '@laurelkit/sdk/contract';
import { LaurelProblem } from '../problem.ts';

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

/** The problem of an error: itself, or a plain "something failed" that tells nothing of the inside. */
export function problemOf(error: unknown): LaurelProblem {
  if (error instanceof LaurelProblem) return error;
  return new LaurelProblem('internal_error', 'Nothing was changed. Try again; if it stays, report the requestId.', {
    cause: error,
  });
}
