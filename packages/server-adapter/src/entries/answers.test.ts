import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, isRight, waits } from './answers.ts';

const words = fc.array(fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ0-9]{1,12}$/), { minLength: 1, maxLength: 5 });

describe('isRight', () => {
  it('does not mind case, spaces or the form of letters', () => {
    const spaces = fc.array(fc.constantFrom(' ', '  ', '\t', '\u00a0', '\u3000'), { minLength: 6, maxLength: 6 });
    const ways = fc.constantFrom<(text: string) => string>(
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => text.normalize('NFD'),
      (text) => text.normalize('NFKC'),
    );
    fc.assert(
      fc.property(words, spaces, ways, (parts, between, way) => {
        const typed = `${between[5]}${parts.map((part, index) => `${way(part)}${between[index]}`).join('')}`;
        expect(isRight(typed, ['something else', parts.join(' ')])).toBe(true);
      }),
    );
  });

  it('is right about nothing else', () => {
    fc.assert(
      fc.property(words, words, (given, right) => {
        expect(isRight(given.join(' '), [right.join(' ')])).toBe(folded(given.join(' ')) === folded(right.join(' ')));
      }),
    );
  });

  it.each([
    ['STRASSE', 'Straße', true],
    ['Ⅻ', 'xii', true],
    ['ΟΔΟΣ', 'οδος', true],
    ['ＬＡＵＲＥＬ', 'laurel', true],
    ['lau rel', 'laurel', false],
    ['', 'laurel', false],
    ['İstanbul', 'Istanbul', false],
  ])('compares %j with %j: %j', (given, right, expected) => {
    expect(isRight(given, [right])).toBe(expected);
  });

  it('knows no right answer where the host named none', () => {
    expect(isRight('anything', [])).toBe(false);
  });
});

it('waits longer from try to try', () => {
  expect([...waits]).toEqual([...waits].sort((a, b) => a - b));
  expect(Math.max(...waits)).toBeLessThanOrEqual(3600);
});
