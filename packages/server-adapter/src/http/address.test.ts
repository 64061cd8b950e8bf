import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, bucketOf } from './address.ts';

describe('bucketOf', () => {
  it('puts 65,536 addresses of one /64 into one bucket', () => {
    const buckets = new Set<string>();
    for (let last = 0; last < 2 ** 16; last++) {
      buckets.add(bucketOf(`2001:db8:1:2:${(last * 7919).toString(16).slice(-4)}:0:0:${last.toString(16)}`));
    }
    expect([...buckets]).toEqual(['2001:db8:1:2::/64']);
  });

  it('tells one /64 from the next', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 16 - 1), fc.nat(2 ** 16 - 1), (one, two) => {
        const of = (subnet: number) => bucketOf(`2001:db8:0:${subnet.toString(16)}::1`);
        expect(of(one) === of(two)).toBe(one === two);
      }),
    );
  });

  it('knows one address in all its spellings', () => {
    const spellings = [
      '2001:db8::1',
      '2001:DB8::1',
      '2001:0db8:0000:0000:0000:0000:0000:0001',
      '2001:db8:0:0::1',
      '2001:db8::0.0.0.1',
      '2001:db8:0:0:0:0:0:1',
    ];
    expect(new Set(spellings.map(bucketOf)).size).toBe(1);
    const mapped = ['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:c000:207', '0:0:0:0:0:ffff:192.0.2.7'];
    expect(new Set(mapped.map(bucketOf))).toEqual(new Set(['192.0.2.7']));
  });

  it('keeps IPv4 addresses apart', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (one, two) => {
        expect(bucketOf(one)).toBe(one);
        expect(bucketOf(one) === bucketOf(two)).toBe(one === two);
      }),
    );
  });

  it('has one bucket for all that is no address', () => {
    for (const text of [
      '',
      'unknown',
      'localhost',
      '1.2.3.4:80',
      '[::1]',
      '999.1.1.1',
      ':::',
      "'",
      '1.2.3.4, 5.6.7.8',
      '\u0000',
    ]) {
      expect(bucketOf(text), text).toBe('unknown');
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(bucketOf(text).length).toBeLessThan(60);
      }),
    );
  });
});

describe('addressOf', () => {
  const peer = '203.0.113.9';
  const tricks = [
    '1.2.3.4',
    '1.2.3.4, 5.6.7.8',
    '::1',
    '127.0.0.1',
    'unknown',
    '',
    ',',
    ',,,,',
    ' 1.2.3.4 ',
    '1.2.3.4\t',
    '[::1]:80',
    'for=1.2.3.4',
    '10.0.0.1,10.0.0.2,10.0.0.3',
    '203.0.113.8',
  ];

  it.each(tricks)('ignores the header %j where no proxy is trusted', (forwarded) => {
    expect(addressOf(peer, forwarded, 0)).toBe(peer);
  });

  it.each(tricks)('takes what its own proxy saw, not the %j a client wrote before it', (forged) => {
    expect(addressOf('10.0.0.1', `${forged}, ${peer}`, 1)).toBe(peer);
    expect(addressOf('10.0.0.1', `${forged}, ${peer}, 10.0.0.2`, 2)).toBe(peer);
  });

  it('counts a request that came past the proxies by its peer', () => {
    expect(addressOf(peer, null, 1)).toBe(peer);
    expect(addressOf(undefined, null, 0)).toBe('unknown');
  });
});
