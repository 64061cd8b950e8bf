import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCode } from '../attribution/code.ts';
import { referralLink } from './link.ts';

const alphabet = '23456789bcdfghjkmnpqrstvwxyz';

describe('referralLink', () => {
  const program = { landing_url: 'https://shop.example/welcome?a=1#top', url_parameters: ['via', 'ref'] };

  it('goes through the API where its address is known', () => {
    expect(referralLink(program, 'abc', 'https://shop.example/api')).toBe('https://shop.example/api/r/abc');
  });

  it('goes to the landing page with the programme’s first parameter where it is not', () => {
    expect(referralLink(program, 'abc', null)).toBe('https://shop.example/welcome?a=1&via=abc#top');
    expect(referralLink({ ...program, url_parameters: [] }, 'abc', null)).toContain('ref=abc');
  });

  it('carries the code and keeps the page’s own parameters, whatever they are', () => {
    const pages = fc.webUrl({ withQueryParameters: true, withFragments: true });
    fc.assert(
      fc.property(pages, fc.stringMatching(/^[A-Za-z0-9_-]{3,40}$/), (landing, code) => {
        const link = new URL(referralLink({ landing_url: landing, url_parameters: ['ref'] }, code, null));
        expect(link.searchParams.get('ref')).toBe(code);
        expect(link.origin).toBe(new URL(landing).origin);
        link.searchParams.delete('ref');
        const before = new URL(landing).searchParams;
        before.delete('ref');
        expect([...link.searchParams]).toEqual([...before]);
      }),
    );
  });
});

describe('newCode', () => {
  const codes = Array.from({ length: 20_000 }, () => newCode());

  it('is of nine signs that are no vowel and look like no other', () => {
    expect(codes.every((code) => code.length === 9 && [...code].every((sign) => alphabet.includes(sign)))).toBe(true);
    expect(alphabet).not.toMatch(/[aeiou01l]/);
    expect(9 * Math.log2(alphabet.length)).toBeGreaterThan(40);
  });

  it('does not repeat in 20,000', () => {
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('uses every sign equally often at every place (chi-square, one false alarm in 10⁸)', () => {
    for (let place = 0; place < 9; place++) {
      const counts = new Map<string, number>();
      for (const code of codes) counts.set(code[place] ?? '', (counts.get(code[place] ?? '') ?? 0) + 1);
      const expected = codes.length / alphabet.length;
      const chiSquare = [...alphabet].reduce(
        (sum, sign) => sum + ((counts.get(sign) ?? 0) - expected) ** 2 / expected,
        0,
      );
      expect(chiSquare).toBeLessThan(90);
    }
  });
});
