import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName, hueOf, initials } from './name.ts';

test('no name keeps a control, a direction override or a zero-width space, and none is empty', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('a', 'ש', ' ', '\u202E', '\u2066', '\u200B', '\u0000', '\uFEFF', '\n', '👩‍🚀'),
  });
  fc.assert(
    fc.property(hostile, (name) => {
      const clean = cleanName(name);
      expect(clean).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\uFEFF\n]/);
      expect(clean.length).toBeGreaterThan(0);
    }),
  );
});

test('initials are one or two graphemes of the first and last word', () => {
  expect(initials('Mira')).toBe('M');
  expect(initials('mira von taln')).toBe('MT');
  expect(initials('  \u202E ')).toBe('·');
  expect(initials('👩🏽‍🚀 Ada')).toBe('👩🏽‍🚀A');
  expect(initials('<img src=x>')).toBe('IS');
});

test('a hue comes from the id alone, and neighbours differ', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      expect(hueOf(id)).toBeGreaterThanOrEqual(0);
      expect(hueOf(id)).toBeLessThan(360);
    }),
  );
  const hues = Array.from({ length: 12 }, (_, index) => hueOf(`b${index}`));
  expect(new Set(hues).size).toBeGreaterThan(9);
});
