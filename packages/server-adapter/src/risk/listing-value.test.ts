import { describe, expect, it } from 'vitest';
import { LaurelProblem } from '../problem.ts';
import { emailKey } from '../settlement/email.ts';
import { addressKey } from '../settlement/sightings.ts';
import { listingValue } from './listing-value.ts';

const key = Buffer.alloc(32, 7);

describe('what is listed', () => {
  it('is kept of an e-mail address as a keyed hash and a hint', () => {
    expect(listingValue('email', 'Ada.Lovelace+x@Gmail.com', key)).toEqual({
      value: emailKey(key, 'adalovelace@gmail.com'),
      hint: 'a…@gmail.com',
    });
  });

  it('is kept of a domain as it is, in ASCII', () => {
    expect(listingValue('email_domain', '@Bücher.Example.', key).value).toBe('xn--bcher-kva.example');
  });

  it('is kept of an IP address as a keyed hash, of an IPv6 address as its /64, of a range as it is', () => {
    expect(listingValue('ip', '192.0.2.7', key)).toEqual({ value: addressKey(key, '192.0.2.7'), hint: '192.0.…' });
    expect(listingValue('ip', '2001:db8:1:2::7', key).value).toBe(addressKey(key, '2001:db8:1:2:ffff::1'));
    expect(listingValue('ip', '192.0.2.7/24', key)).toEqual({ value: '192.0.2.0/24', hint: '192.0.2.0/24' });
    expect(listingValue('ip', '2001:db8:1:2::7/48', key).value).toBe('2001:db8:1::/48');
  });

  it.each([
    ['email', 'ada'],
    ['email', '@own.example'],
    ['email_domain', 'own'],
    ['email_domain', 'own..example'],
    ['email_domain', '192.0.2.1'],
    ['email_domain', 'a b.example'],
    ['ip', '300.1.1.1'],
    ['ip', '1'],
    ['ip', '192.0.2.0/33'],
    ['ip', 'own.example'],
  ] as const)('is no %s of %j', (kind, value) => {
    expect(() => listingValue(kind, value, key)).toThrow(LaurelProblem);
  });
});
