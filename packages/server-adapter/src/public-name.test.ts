import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicName } from './public-name.ts';

const joiners = '\u200c\u200d';

describe('publicName', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['  Ada \t\n Lovelace ', 'Ada Lovelace'],
    ['Jose\u0301', 'José'],
    ['e\u200b\u0301', 'é'],
    ['\u202egnp.exe\u202c', 'gnp.exe'],
    ['\u2066\u200fadmin\u2069', 'admin'],
    ['a\u200bd\u2060a\ufeff', 'ada'],
    ['ad\u00ada', 'ada'],
    ['ad\u200da', 'ada'],
    ['\u200dada\u200c', 'ada'],
    ['x\u0000y\u001b[31m', 'xy[31m'],
    ['line\u2028break', 'linebreak'],
    ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
    ['👩🏽‍🚀 ❤️‍🔥', '👩🏽‍🚀 ❤️‍🔥'],
    ['🇵🇹', '🇵🇹'],
    ['می‌خواهم', 'می‌خواهم'],
    ['क्‍ष', 'क्‍ष'],
    ['李小龍', '李小龍'],
    ['עדה', 'עדה'],
    ['O’Neil-Smith Jr.', 'O’Neil-Smith Jr.'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('shows %j as %j', (given, shown) => {
    expect(publicName(given)).toBe(shown);
  });

  it.each([
    '',
    ' ',
    '\u200b',
    '\u200d\u200c',
    '\u202e\u202d',
    '\u3164',
    '\u115f\u1160',
    '\uffa0',
    '\u2800',
    '\u00ad',
    '\u0301',
    '\ufe0f',
    '\u{e0041}',
    '\u034f',
    '\u17b4',
  ])('shows nothing for %j, where nothing can be seen', (given) => {
    expect(publicName(given)).toBeNull();
  });

  it('is normal, visible, of single spaces, and does not change when it is made again', () => {
    const odd = fc.constantFrom(
      '\u202e',
      '\u200b',
      '\u200d',
      '\u0301',
      '\u0308',
      '\u3164',
      ' ',
      '\t',
      '👩',
      '❤️',
      'é',
      'A',
      '\ufb2c',
      '\u1100',
      '\u1161',
    );
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 2 }))).map((each) => each.join('')),
    );
    fc.assert(
      fc.property(names, (given) => {
        const name = publicName(given);
        if (name === null) return;
        expect(name.normalize('NFC')).toBe(name);
        expect(name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|\s\s|^\s|\s$/u);
        expect(name.replace(new RegExp(`[${joiners}]`, 'g'), '')).not.toMatch(/\p{Cf}/u);
        expect(name).toMatch(/[\p{L}\p{N}\p{P}\p{S}]/u);
        expect(publicName(name)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});
