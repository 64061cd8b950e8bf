/**
 * The absolute address if a page may link to it, else `null`: http, https and (unless told) mailto, without user name
 * or password. The browser's own parser decides what the scheme is, so tabs, case and entities cannot hide one.
 */
export function safeUrl(address: string | null | undefined, allowed = /^(https?|mailto):$/): string | null {
  if (!address) return null;
  try {
    const url = new URL(address, document.baseURI);
    return allowed.test(url.protocol) && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/** As {@link safeUrl}, for pictures: http and https only. */
export const safeImage = (address: string | null | undefined): string | null => safeUrl(address, /^https?:$/);
