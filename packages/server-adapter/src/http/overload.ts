import { LaurelProblem } from '../problem.ts';
import type { Answer } from './answer.ts';
import type { Arrival } from './arrival.ts';
import type { Drain } from './drain.ts';
import { problemAnswer } from './problem-response.ts';
import type { Match } from './router.ts';

/** Refuses what comes beyond the requests a node can have under way, at as little cost as can be. */
export interface Overload {
  /** How many were refused since the start. */
  readonly refused: number;
  /** The refusal of a request that is one too many, or `null` to let it in. Health is always told. */
  refuse(match: Match, arrival: Arrival): Answer | null;
}

const problem = new LaurelProblem('overloaded', 'Too many requests are under way. Try again.', { retryAfter: 1 });

/**
 * Makes the bound of a node.
 * @param most - requests under way at once
 */
export function createOverload(drain: Pick<Drain, 'running'>, most: number): Overload {
  let refused = 0;
  return {
    get refused() {
      return refused;
    },
    refuse: (match, arrival) => {
      if (drain.running <= most || match.kind !== 'endpoint' || match.endpoint.operation.limit === 'none') return null;
      refused++;
      const requestId = crypto.randomUUID();
      const headers: Record<string, string> = { 'cache-control': 'no-store', 'x-request-id': requestId };
      // A page of another origin must be able to read when to come back; the refusal itself is no secret.
      if (arrival.header('origin') !== null) {
        headers['access-control-allow-origin'] = '*';
        headers['access-control-expose-headers'] = 'Retry-After, X-Request-Id';
      }
      return problemAnswer(problem, requestId, headers);
    },
  };
}
