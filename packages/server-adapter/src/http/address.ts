import ipaddr from 'ipaddr.js';
import { createRecent } from '../recent.ts';

/**
 * Whose requests count together: an IPv4 address, or the /64 of an IPv6 address, since one subscriber has a whole /64.
 *
 * `X-Forwarded-For` is believed for as many hops as there are trusted proxies, counted from the right.
 */
export function addressOf(remote: string | undefined, forwarded: string | null, trustedProxies: number): string {
  const hops = [...(forwarded?.split(',').map((hop) => hop.trim()) ?? []), remote ?? ''];
  return bucketOf(hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? '');
}

const buckets = createRecent<string>(10_000);

/** The bucket of an address; text that is none shares one bucket. */
export function bucketOf(address: string): string {
  const known = buckets.get(address);
  if (known !== undefined) return known;
  const bucket = parseBucket(address);
  buckets.set(address, bucket);
  return bucket;
}

function parseBucket(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const parts = (parsed as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return `${parts.join(':')}::/64`;
}
