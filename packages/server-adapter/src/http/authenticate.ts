import type { ActiveKey, KeyRing } from '../access/key-ring.ts';
import { looksLikeKey } from '../access/keys.ts';
import type { TokenIssuer } from '../access/tokens.ts';
import { LaurelProblem } from '../problem.ts';
import type { Arrival } from './arrival.ts';
import type { Caller } from './caller.ts';
import type { Origins } from './origins.ts';

/** What says who is asking. */
export interface Credentials {
  keys: KeyRing;
  tokens: TokenIssuer;
  staffTokens: TokenIssuer;
  origins: Origins;
  /** The participant id of the host's own session, or `null`. */
  session(arrival: Arrival): Promise<string | null>;
}

const bearer = /^Bearer /i;
const longest = 4096;

/** What follows the scheme (RFC 6750 §2.1), if it is one word; looked through for what may not be there, which is fast. */
function credentialIn(header: string): string | null {
  const credential = bearer.test(header) ? header.slice('Bearer '.length) : '';
  return credential === '' || credential.length > longest || /[\s,]/.test(credential) ? null : credential;
}

/**
 * Finds out who is asking: key, participant token, or the host's session.
 * @throws LaurelProblem unauthenticated, token_invalid, origin_not_allowed
 */
export async function authenticate(arrival: Arrival, credentials: Credentials): Promise<Caller> {
  const header = arrival.header('authorization');
  if (header === null) return (await sessionCaller(arrival, credentials)) ?? { kind: 'public' };
  const credential = credentialIn(header);
  if (credential === null)
    throw new LaurelProblem('unauthenticated', 'Send "Authorization: Bearer" and a key or token.');
  if (!looksLikeKey(credential)) return tokenCaller(credential, arrival, credentials);
  const key = await credentials.keys.find(credential);
  if (!key) throw new LaurelProblem('unauthenticated', 'The key is unknown or was revoked.');
  return keyCaller(key, arrival, credentials);
}

async function keyCaller(key: ActiveKey, arrival: Arrival, credentials: Credentials): Promise<Caller> {
  if (key.kind === 'secret') return { kind: 'secret', key: key.id };
  if (!credentials.origins.isOwn(arrival) && !key.origins.includes(arrival.header('origin') ?? '')) {
    throw new LaurelProblem(
      'origin_not_allowed',
      'Register this origin for the publishable key: laurel keys create --origin.',
    );
  }
  return (await sessionCaller(arrival, credentials)) ?? { kind: 'publishable', key: key.id };
}

async function tokenCaller(
  token: string,
  arrival: Arrival,
  { tokens, staffTokens, keys, origins }: Credentials,
): Promise<Caller> {
  const caller: Caller = staffTokens.isOfKind(token)
    ? { kind: 'staff', name: await staffTokens.verify(token) }
    : { kind: 'participant', id: await tokens.verify(token), session: false };
  const foreign = !origins.isOwn(arrival) && !(await keys.allOrigins()).has(arrival.header('origin') ?? '');
  if (foreign) throw new LaurelProblem('origin_not_allowed', 'No publishable key is registered for this origin.');
  return caller;
}

/** A session is a cookie, so a page of a foreign site must not be able to use it. */
async function sessionCaller(arrival: Arrival, { session, origins }: Credentials): Promise<Caller | null> {
  if (!origins.mayUseSession(arrival)) return null;
  const id = await session(arrival);
  return id === null ? null : { kind: 'participant', id, session: true };
}
