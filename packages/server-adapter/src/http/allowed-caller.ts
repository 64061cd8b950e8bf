import type { Operation } from '@laurelkit/sdk/contract';
import { LaurelProblem } from '../problem.ts';
import type { Arrival } from './arrival.ts';
import { authenticate, type Credentials } from './authenticate.ts';
import { type Caller, mayCall } from './caller.ts';
import type { Limits } from './limits.ts';

/** What telling who may call needs. */
interface Gate {
  credentials: Credentials;
  limits: Limits;
}

/**
 * Finds out who is asking, and whether they may; counts refused credentials.
 * @throws LaurelProblem unauthenticated, token_invalid, origin_not_allowed, forbidden, too_many_requests
 */
export async function allowedCaller(
  { credentials, limits }: Gate,
  arrival: Arrival,
  operation: Operation,
  address: string,
): Promise<Caller> {
  try {
    const caller = await authenticate(arrival, credentials);
    if (mayCall(caller, operation.access)) return caller;
    if (caller.kind === 'public') throw new LaurelProblem('unauthenticated', `Needs ${wanted(operation)}.`);
    throw new LaurelProblem('forbidden', `Needs ${wanted(operation)}.`);
  } catch (error) {
    if (error instanceof LaurelProblem && error.status === 401) await limits.refuse(address);
    throw error;
  }
}

const credentialNames = {
  public: 'nothing',
  publishable: 'a publishable key (pk_…)',
  participant: 'a participant token',
  staff: 'a staff token',
  secret: 'a secret key (sk_…)',
};

const wanted = ({ access }: Operation) => access.map((each) => credentialNames[each]).join(' or ');
