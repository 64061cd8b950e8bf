import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import { LaurelProblem } from '../problem.ts';
import { canonicalEmail, emailDomain, emailKey } from '../settlement/email.ts';
import { addressKey } from '../settlement/sightings.ts';

/** What is kept of a listing, and what whoever looks after the list sees of it. */
export interface ListingValue {
  value: string;
  hint: string;
}

const address = /^[^\s@"<>(),;:\\]+@[^\s@"<>(),;:\\]+\.[^\s@.]{2,}$/u;
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

const invalid = (detail: string) =>
  new LaurelProblem('listing_invalid', detail, { errors: [{ pointer: '#/value', detail }] });

/** An e-mail address as a keyed hash; one letter of it and the domain are shown. */
function emailValue(key: Buffer, text: string): ListingValue {
  if (!address.test(text)) throw invalid('must be an e-mail address');
  return { value: emailKey(key, text), hint: `${[...canonicalEmail(text)][0]}…@${emailDomain(text)}` };
}

function domainValue(text: string): ListingValue {
  const domain = domainToASCII(text.trim().toLowerCase().replace(/^@/, '').replace(/\.$/, ''));
  if (!domainName.test(domain)) throw invalid('must be a domain such as mail.example');
  return { value: domain, hint: domain };
}

/** An address as a keyed hash (IPv6: its /64), a range as it is: it is compared with what comes in from then on. */
function ipValue(key: Buffer, text: string): ListingValue {
  if (ipaddr.isValidCIDR(text)) {
    const [network, bits] = ipaddr.parseCIDR(text);
    const base =
      network.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
    return { value: `${base}/${bits}`, hint: `${base}/${bits}` };
  }
  const value = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text) ? addressKey(key, text) : null;
  if (value === null) throw invalid('must be an IP address or a range such as 192.0.2.0/24');
  const parsed = ipaddr.process(text);
  const [first, second] =
    parsed.kind() === 'ipv4' ? parsed.toString().split('.') : parsed.toNormalizedString().split(':');
  return { value, hint: parsed.kind() === 'ipv4' ? `${first}.${second}.…` : `${first}:${second}:…` };
}

/**
 * What is kept of something listed, by its kind; a participant is kept by id.
 * @throws LaurelProblem listing_invalid
 */
export function listingValue(kind: 'email' | 'email_domain' | 'ip', text: string, key: Buffer): ListingValue {
  if (kind === 'email') return emailValue(key, text.trim());
  return kind === 'email_domain' ? domainValue(text) : ipValue(key, text.trim());
}
