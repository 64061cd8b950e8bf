import ipaddr from 'ipaddr.js';

/** Global unicast (RFC 4291), all that IANA has given out for hosts: what lies outside is translation or no address at all. */
const global = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Whether an IP address, as text, is one that anybody on the internet could reach: not private, loopback, link-local,
 * carrier-grade NAT, multicast, reserved or for documentation, and not an IPv4 address in IPv6 clothes (mapped, compatible,
 * NAT64, 6to4, Teredo).
 */
export function isPublicAddress(text: string): boolean {
  if (text.includes('%') || !ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return ipaddr.IPv4.isValidFourPartDecimal(text);
  return (address as ipaddr.IPv6).match(global);
}
