import type { KeyRing } from '../access/key-ring.ts';
import type { Arrival } from './arrival.ts';
import type { Origins } from './origins.ts';

const exposed = 'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotency-Replayed, Laurel-Staleness';

/** CORS headers for an answer to a page of another origin, or none. Keys carry the authority, so cookies stay out. */
export async function corsHeaders(arrival: Arrival, keys: KeyRing, origins: Origins): Promise<Record<string, string>> {
  const origin = arrival.header('origin');
  if (origin === null) return {};
  if (origins.isOwn(arrival)) return { vary: 'Origin' };
  const session = origins.isSessionOrigin(origin);
  if (!session && !(await knownOrigins(keys)).has(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': exposed,
    ...(session && { 'access-control-allow-credentials': 'true' }),
  };
}

/** Health must be told while the database is away: then no origin is known. */
const knownOrigins = (keys: KeyRing) => keys.allOrigins().catch((): ReadonlySet<string> => new Set());

/** What a preflight is told beside the origin. */
export const preflightHeaders = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID',
  'access-control-max-age': '600',
};
