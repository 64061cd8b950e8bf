/** Longest address that further parameters may make. */
const longest = 4_000;

/** What the redirect itself reads: it is not for the landing page. */
const own = new Set(['program', 'to', 'channel', 'consent']);

/**
 * Gives the landing page what others added to the address of a link (`utm_source`, `fbclid`…). Its own parameters stay as they
 * are, and so does everything in `reserved`; what makes the address too long is left out.
 */
export function addFurtherParameters(landing: URL, search: string, reserved: readonly string[]): URL {
  const url = new URL(landing);
  const taken = new Set([...own, ...reserved, ...landing.searchParams.keys()]);
  for (const [name, value] of new URLSearchParams(search)) {
    if (taken.has(name) || value.includes('\u0000') || name.includes('\u0000')) continue;
    const longer = new URL(url);
    longer.searchParams.append(name, value);
    if (longer.href.length <= longest) url.search = longer.search;
  }
  return url;
}

/** An address as it is kept with a click: mail tools put the address of whom they write to into links, and that is dropped. */
export function keptAddress(address: URL): string {
  const url = new URL(address);
  for (const [name, value] of address.searchParams) if (value.includes('@')) url.searchParams.delete(name);
  return url.href;
}
