/** Judges the `Origin` of a request (RFC 6454) by exact comparison, never by pattern. */
export interface Origins {
  /** Not from a page at all, or from a page on the API's own host. */
  isOwn(request: Request): boolean;
  /** Whether a page there may act with the host's session. */
  mayUseSession(request: Request): boolean;
  /** Whether the host lets this foreign origin use its session. */
  isSessionOrigin(origin: string): boolean;
}

/** Makes the judge from the settings. */
export function createOrigins(publicUrl: string | undefined, sessionOrigins: readonly string[]): Origins {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  const isOwn = (request: Request) => {
    const origin = request.headers.get('origin');
    if (origin === null) return true;
    if (!URL.canParse(origin)) return false;
    const { host } = new URL(origin);
    return host !== '' && (host === new URL(request.url).host || host === publicHost);
  };
  const isSessionOrigin = (origin: string) => sessionOrigins.includes(origin);
  return {
    isOwn,
    isSessionOrigin,
    mayUseSession: (request) => {
      const origin = request.headers.get('origin');
      if (origin !== null) return isOwn(request) || isSessionOrigin(origin);
      const site = request.headers.get('sec-fetch-site');
      return site === null || site === 'same-origin' || site === 'none' || isSafe(request.method);
    },
  };
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD';
