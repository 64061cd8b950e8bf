import type { ActiveKey, KeyRing } from '../access/key-ring.ts';
import { looksLikeKey } from '../access/keys.ts';
import type { TokenIssuer } from '../access/tokens.ts';
import { LaurelProblem } from '../problem.ts';
import type { Caller } from './caller.ts';
import type { Origins } from './origins.ts';

/** What says who is asking. */
export interface Credentials {
  keys: KeyRing;
  tokens: TokenIssuer;
  origins: Origins;
  /** The participant id of the host's own session, or `null`. */
  session(request: Request): Promise<string | null>;
}

const bearer = /^Bearer ([^\s,]{1,4096})$/i;

/**
 * Finds out who is asking: key, participant token, or the host's session.
 * @throws LaurelProblem unauthenticated, token_invalid, origin_not_allowed
 */
export async function authenticate(request: Request, credentials: Credentials): Promise<Caller> {
  const header = request.headers.get('authorization');
  if (header === null) return (await sessionCaller(request, credentials)) ?? { kind: 'public' };
  const credential = bearer.exec(header)?.[1];
  if (!credential) throw new LaurelProblem('unauthenticated', 'Send "Authorization: Bearer" and a key or token.');
  if (!looksLikeKey(credential)) return tokenCaller(credential, request, credentials);
  const key = await credentials.keys.find(credential);
  if (!key) throw new LaurelProblem('unauthenticated', 'The key is unknown or was revoked.');
  return keyCaller(key, request, credentials);
}

async function keyCaller(key: ActiveKey, request: Request, credentials: Credentials): Promise<Caller> {
  if (key.kind === 'secret') return { kind: 'secret', key: key.id };
  if (!credentials.origins.isOwn(request) && !key.origins.includes(request.headers.get('origin') ?? '')) {
    throw new LaurelProblem(
      'origin_not_allowed',
      'Register this origin for the publishable key: laurel keys create --origin.',
    );
  }
  return (await sessionCaller(request, credentials)) ?? { kind: 'publishable', key: key.id };
}

async function tokenCaller(token: string, request: Request, { tokens, keys, origins }: Credentials): Promise<Caller> {
  const id = await tokens.verify(token);
  const foreign = !origins.isOwn(request) && !(await keys.allOrigins()).has(request.headers.get('origin') ?? '');
  if (foreign) throw new LaurelProblem('origin_not_allowed', 'No publishable key is registered for this origin.');
  return { kind: 'participant', id, session: false };
}

/** A session is a cookie, so a page of a foreign site must not be able to use it. */
async function sessionCaller(request: Request, { session, origins }: Credentials): Promise<Caller | null> {
  if (!origins.mayUseSession(request)) return null;
  const id = await session(request);
  return id === null ? null : { kind: 'participant', id, session: true };
}
