/** A participant token, or a function that gets one (`null`: nobody is signed in). */
export type TokenSource = string | (() => string | null | Promise<string | null>);

/** Seconds since 1970 at which a JWT expires (RFC 7519 §4.1.4); `Infinity` when it does not say. Nothing is verified. */
export function expiryOf(token: string): number {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown };
    return typeof exp === 'number' ? exp : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/**
 * A token function for the client: asks the source once, shares the answer among all callers, and asks again half a
 * minute before it expires or after the server refused it. `onGone` is called when the source has no token any more.
 */
export function keepToken(source: TokenSource, onGone: () => void, now: () => number = Date.now) {
  let held: Promise<string | null> | undefined;
  let token: string | null = null;
  async function ask(): Promise<string | null> {
    token = typeof source === 'string' ? source : await source();
    return token;
  }
  return async (refused?: string): Promise<string | undefined> => {
    const stale = token !== null && (token === refused || expiryOf(token) * 1000 - now() < 30_000);
    if (!held || (stale && typeof source !== 'string')) {
      token = null;
      held = ask();
      held.catch(() => {
        held = undefined;
      });
    }
    const current = await held;
    if (current === null) onGone();
    return current ?? undefined;
  };
}
