import type { Arrival } from './arrival.ts';

/** What an origin is judged by. */
type Asked = Pick<Arrival, 'method' | 'header' | 'origin'>;

/** Judges the `Origin` of a request (RFC 6454) by exact comparison, never by pattern. */
export interface Origins {
  /** Not from a page at all, or from a page on the API's own host. */
  isOwn(arrival: Asked): boolean;
  /** Whether a page there may act with the host's session. */
  mayUseSession(arrival: Asked): boolean;
  /** Whether the host lets this foreign origin use its session. */
  isSessionOrigin(origin: string): boolean;
}

/** Makes the judge from the settings. */
export function createOrigins(publicUrl: string | undefined, sessionOrigins: readonly string[]): Origins {
  const publicAddress = publicUrl === undefined ? undefined : new URL(publicUrl);
  const isOwn = (arrival: Asked) => {
    const header = arrival.header('origin');
    if (header === null) return true;
    if (!URL.canParse(header)) return false;
    const origin = new URL(header);
    return origin.origin === header && [new URL(arrival.origin()), publicAddress].some((own) => isSame(origin, own));
  };
  const isSessionOrigin = (origin: string) => sessionOrigins.includes(origin);
  return {
    isOwn,
    isSessionOrigin,
    mayUseSession: (arrival) => {
      const origin = arrival.header('origin');
      if (origin !== null) return isOwn(arrival) || isSessionOrigin(origin);
      const site = arrival.header('sec-fetch-site');
      return site === null || site === 'same-origin' || site === 'none' || isSafe(arrival.method);
    },
  };
}

/** The same host; a page on HTTPS is also that of an API that sees plain HTTP behind its proxy, never the reverse. */
const isSame = (origin: URL, own: URL | undefined) =>
  origin.host === own?.host && (origin.protocol === own.protocol || origin.protocol === 'https:');

const isSafe = (method: string) => method === 'GET' || method === 'HEAD';
