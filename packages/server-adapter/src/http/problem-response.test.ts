import { describe, expect, it } from 'vitest';
import { LaurelProblem } from '../problem.ts';
import { problemBody, problemOf } from './problem-response.ts';

const failure = (message: string, code?: string) => Object.assign(new Error(message), code && { code });

describe('problemOf', () => {
  it('says that the database is away, and when to come back', () => {
    for (const error of [
      failure('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'),
      failure('terminating connection due to administrator command', '57P01'),
      failure('sorry, too many clients already', '53300'),
      failure('cannot execute INSERT in a read-only transaction', '25006'),
      failure('Connection terminated unexpectedly'),
      failure('Query read timeout'),
      failure('timeout exceeded when trying to connect'),
    ]) {
      expect(problemOf(error), error.message).toMatchObject({ code: 'unavailable', status: 503, retryAfter: 2 });
    }
  });

  it('says when to come back where somebody else holds what a statement waited for', () => {
    for (const code of ['55P03', '57014', '40001', '40P01']) {
      const problem = problemOf(failure('canceling statement due to timeout', code));
      expect(problem, code).toMatchObject({ code: 'overloaded', status: 503, retryAfter: 2 });
    }
  });

  it('tells nothing of the inside for anything else', () => {
    const problem = problemOf(failure('column "secret" does not exist', '42703'));
    expect(problem).toMatchObject({ code: 'internal_error', status: 500 });
    expect(JSON.stringify(problemBody(problem, 'r'))).not.toContain('secret');
  });

  it('leaves problems as they are', () => {
    const problem = new LaurelProblem('contest_not_found', 'There is none.');
    expect(problemOf(problem)).toBe(problem);
    expect(problemBody(problem, 'r')).toEqual({
      type: 'urn:laurel:problem:contest_not_found',
      title: 'No such contest',
      status: 404,
      code: 'contest_not_found',
      detail: 'There is none.',
      requestId: 'r',
    });
  });
});
