const longest = 2000;

/** An absolute address of one of these protocols, written as the URL standard does; `null` for any other. */
function absolute(address: string, protocols: RegExp): string | null {
  if (address.length > longest || !URL.canParse(address)) return null;
  const url = new URL(address);
  // Who reads "https://bank.example@evil.example" takes it for another place.
  if (!protocols.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  return url.href.length > longest ? null : url.href;
}

/** The address of a link, if it is one that a lesson may have: http(s), mailto or a fragment of the page; else `null`. */
export const linkAddress = (address: string): string | null =>
  /^#\S+$/.test(address) && address.length <= longest ? address : absolute(address, /^(https?|mailto):$/);

/** The address of an image, if it is http(s); else `null`. */
export const imageAddress = (address: string): string | null => absolute(address, /^https?:$/);
