import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { addressRanges } from './address-ranges.ts';

describe('address ranges', () => {
  it('know what lies in them', () => {
    const inside = addressRanges(['192.0.2.0/25', '2001:db8:5::/48', '198.51.100.7/32']);
    expect(['192.0.2.127', '2001:db8:5:ffff::1', '198.51.100.7', '::ffff:192.0.2.1'].map(inside)).toEqual(
      Array(4).fill(true),
    );
    expect(['192.0.2.128', '2001:db8:6::1', '198.51.100.8', 'unknown', ''].map(inside)).toEqual(Array(5).fill(false));
  });

  it('agree with ipaddr.js about any address and range', () => {
    const range = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), fc.oneof(fc.ipV4(), fc.ipV6()), (ranges, address) => {
        const parsed = ipaddr.process(address);
        const expected = ranges.some(([base, bits]) => {
          const start = ipaddr.parse(base);
          return start.kind() === parsed.kind() && parsed.match(start as never, bits);
        });
        expect(addressRanges(ranges.map(([base, bits]) => `${base}/${bits}`))(address)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
