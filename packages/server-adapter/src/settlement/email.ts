import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** Domains that lead to one mailbox at the same provider → the one that stands for all. */
const sameProvider: ReadonlyMap<string, string> = new Map([
  ['googlemail.com', 'gmail.com'],
  ['protonmail.com', 'proton.me'],
  ['protonmail.ch', 'proton.me'],
  ['pm.me', 'proton.me'],
  ['me.com', 'icloud.com'],
  ['mac.com', 'icloud.com'],
  ['ya.ru', 'yandex.ru'],
  ['yandex.com', 'yandex.ru'],
]);

/** Providers for which dots before the @ mean nothing. Everywhere else `ann.lee` and `annlee` may be two people. */
const dotless = new Set(['gmail.com']);

/** The domain of an address: lower case, in ASCII (RFC 5890), without a final dot. Never throws. */
export function emailDomain(address: string): string {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
    .replace(/\.$/, '');
  return domainToASCII(domain) || domain;
}

/**
 * An address as that of one mailbox: lower case, what follows a `+` left out, one domain for a provider's several, and at Gmail
 * without dots. Two spellings of one mailbox come to the same; dots of other providers tell people apart.
 */
export function canonicalEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const own = emailDomain(address);
  const domain = sameProvider.get(own) ?? own;
  const local = address.slice(0, Math.max(0, at)).trim().normalize('NFC').toLowerCase();
  // A tag stands after a name: a local part that begins with + has none.
  const plus = local.indexOf('+', 1);
  const mailbox = plus === -1 ? local : local.slice(0, plus);
  return `${dotless.has(domain) ? mailbox.replaceAll('.', '') : mailbox}@${domain}`;
}

/**
 * The keyed hash (HMAC-SHA-256, base64url) of an address as that of one mailbox.
 * @param key - derived for the purpose `person`
 */
export const emailKey = (key: Buffer, address: string): string =>
  createHmac('sha256', key)
    .update(`email:${canonicalEmail(address)}`)
    .digest('base64url');
