import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { landingFor } from './landing.ts';

const rules = {
  landing_url: 'https://shop.example/welcome?a=1',
  landing_origins: ['https://blog.example:8443', 'http://old.example'],
};
const allowed = ['https://shop.example', ...rules.landing_origins];

const good: [string, string][] = [
  ['/', 'https://shop.example/'],
  ['/pricing?plan=pro#faq', 'https://shop.example/pricing?plan=pro#faq'],
  ['/a/../b', 'https://shop.example/b'],
  ['/%2F%2Fevil.example', 'https://shop.example/%2F%2Fevil.example'],
  ['/redirect?to=https://evil.example', 'https://shop.example/redirect?to=https://evil.example'],
  ['/@evil.example', 'https://shop.example/@evil.example'],
  ['/ação', 'https://shop.example/a%C3%A7%C3%A3o'],
  ['https://shop.example/x', 'https://shop.example/x'],
  ['https://shop.example:443/x', 'https://shop.example/x'],
  ['HTTPS://SHOP.EXAMPLE/x', 'https://shop.example/x'],
  ['https://blog.example:8443/post', 'https://blog.example:8443/post'],
  ['http://old.example', 'http://old.example/'],
];

const schemes = [
  ...'javascript: JaVaScRiPt: vbscript: data:text/html, file: blob: ftp:// ws:// about: mailto: view-source:'.split(
    ' ',
  ),
  ...'intent:// filesystem: chrome:'.split(' '),
];
const foreign = [
  ...'evil.example shop.example.evil.example evilshop.example shop.example. shop-example xshop.example'.split(' '),
  ...'sub.shop.example 127.0.0.1 [::1] 0x7f000001 2130706433 shop.example:8443 blog.example old.example:81'.split(' '),
  ...'shop%2eexample.evil.example ѕhop.example shop。example.evil.example localhost'.split(' '),
];
const separators = [
  '//',
  '///',
  '////',
  '\\\\',
  '/\\',
  '\\/',
  '/\t/',
  '/\n/',
  '/\r/',
  '/\u0000/',
  '/ /',
  ' //',
  '\t//',
  '\u00a0//',
  '\u2028//',
  '\u3000//',
  '/\u2029/',
  '/\u0085/',
  '\ufeff//',
];
const userinfo = [
  'https://shop.example@evil.example/',
  'https://shop.example:443@evil.example/',
  'https://user@shop.example/',
  'https://user:word@shop.example/',
  'https://:@evil.example/',
  'https://shop.example%40evil.example/',
  'https://evil.example\\@shop.example/',
  'https://evil.example#@shop.example/',
  'https://evil.example?@shop.example/',
  'https://a@b@shop.example/',
];
const crlf = [
  '/\r\nSet-Cookie: a=b',
  '/a\nLocation: https://evil.example',
  '/a\r',
  '/\u000b',
  '/a\u0000b',
  '/a\u007fb',
  '/\u0085x',
  '/a\u2028b',
  '/a b',
  '\r\n/',
  '/a\tb',
];
const shapes = [
  '',
  'pricing',
  'shop.example',
  '.',
  '..',
  '?a=1',
  '#top',
  '@evil.example',
  ':80',
  'https:',
  'https:/',
  'https://',
  'https:///',
  'https:shop.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:////evil.example',
  'http:\\\\evil.example',
  'https:\\evil.example',
  '%2F%2Fevil.example',
  '%68ttps://evil.example',
  'ht\ntps://evil.example',
  'http://shop.example/',
  'https://old.example/',
  'https://[',
  'https://shop.example:99999/',
  'https://shop.example:x/',
  '//',
  '///',
  'null',
  'undefined',
  'https://%',
  'https://shop.example\\.evil.example',
  'https:// shop.example',
];

const bad = [
  ...schemes.flatMap((scheme) => [`${scheme}alert(1)`, `${scheme}//shop.example/`, ` ${scheme}alert(1)`]),
  ...foreign
    .flatMap((host) => [`https://${host}/`, `http://${host}`, `//${host}/`])
    .filter((to) => to !== 'http://old.example'),
  ...separators.flatMap((separator) => [`${separator}evil.example`, `${separator}shop.example@evil.example`]),
  ...userinfo,
  ...crlf,
  ...shapes,
];

describe('landingFor', () => {
  it('lands on the programme’s page when nothing is asked', () => {
    expect(landingFor(rules, undefined)?.href).toBe(rules.landing_url);
  });

  it.each(good)('lets %j through', (to, href) => {
    expect(landingFor(rules, to)?.href).toBe(href);
  });

  it(`refuses ${bad.length} addresses that lead elsewhere, or might in some browser`, () => {
    expect(bad.length).toBeGreaterThan(150);
    expect(bad.filter((to) => landingFor(rules, to) !== null)).toEqual([]);
  });

  it('never answers anything but an address on an allowed origin, whatever it is given', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '//',
      ':',
      '@',
      '.',
      '#',
      '?',
      '%2f',
      '%5c',
      '%00',
      '\t',
      'https:',
      'http:',
      'javascript:',
      'shop.example',
      'evil.example',
      'blog.example:8443',
      'user',
      '。',
      '／',
      'ａ',
      '\u202e',
    );
    const attack = fc
      .array(fc.oneof(parts, fc.string({ maxLength: 3 })), { maxLength: 8 })
      .map((each) => each.join(''));
    fc.assert(
      fc.property(
        fc.oneof(attack, fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string({ unit: 'binary' })),
        (to) => {
          const url = landingFor(rules, to);
          if (!url) return;
          // As a browser reads the Location header, from whichever page it stands on.
          const seen = new URL(url.href, 'https://evil.example/');
          expect(allowed).toContain(seen.origin);
          expect([seen.username, seen.password]).toEqual(['', '']);
          expect(url.href).not.toMatch(/[\s\p{Cc}]/u);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
