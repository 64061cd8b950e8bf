import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, teamName } from './name.ts';

describe('names of teams', () => {
  it.each([
    ['Red Foxes', 'red  FOXES'],
    ['Red Foxes', 'RedFoxes'],
    ['Straße', 'STRASSE'],
    ['ＡＢＣ', 'abc'],
    ['ﬁre', 'Fire'],
    ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['caf\u00e9', 'cafe\u0301'],
    ['Fox\u200bes', 'Foxes'],
  ])('are one: %s and %s', (first, second) => {
    expect(teamName(first)?.key).toBe(teamName(second)?.key);
  });

  it('are two where letters differ', () => {
    expect(nameKey('Red Foxes')).not.toBe(nameKey('Red Boxes'));
  });

  it.each(['\u202e', ' \t ', '\u200b\u2060', '\ufe0f'])('are none where nothing can be seen (%j)', (name) => {
    expect(teamName(name)).toBeNull();
  });

  it('cannot turn the text around', () => {
    expect(teamName('Fox\u202egnp.exe')?.name).toBe('Foxgnp.exe');
  });

  it('are shown with a key of their own name, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (given) => {
        const made = teamName(given);
        if (!made) return;
        expect(made.key).toBe(nameKey(made.name));
        expect(nameKey(made.key)).toBe(made.key);
        expect(teamName(made.name)).toEqual(made);
      }),
    );
  });
});
