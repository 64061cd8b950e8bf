import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './seal.ts';

const key = randomBytes(32);

describe('seal', () => {
  it('opens again in its place, and is another text each time', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, place) => {
        const sealed = seal(key, text, place);
        expect(unseal(key, sealed, place)).toBe(text);
        expect(seal(key, text, place)).not.toBe(sealed);
      }),
    );
  });

  it('opens nowhere else, with no other key, and with no bit changed', () => {
    const sealed = seal(key, 'a secret', 'here');
    expect(() => unseal(key, sealed, 'there')).toThrow();
    expect(() => unseal(randomBytes(32), sealed, 'here')).toThrow();
    const bytes = Buffer.from(sealed, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => unseal(key, changed.toString('base64url'), 'here')).toThrow();
    }
    for (const cut of ['', sealed.slice(0, 10), sealed.slice(0, 40)]) expect(() => unseal(key, cut, 'here')).toThrow();
  });
});
