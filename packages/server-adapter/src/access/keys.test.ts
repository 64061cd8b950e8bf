import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf, looksLikeKey } from './keys.ts';
import { assertStrongSecret, deriveKey } from './secrets.ts';

describe('hashOf', () => {
  it('is SHA-256 in base64url: the same for the same key, another for any other', () => {
    expect(hashOf('sk_abc')).toBe('fI2T-P-0zbhbKksMEIhqZpWdoutncHscVHGIUKVtFYw');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, two) => {
        expect(hashOf(one)).toMatch(/^[A-Za-z0-9_-]{43}$/);
        expect(hashOf(one) === hashOf(two)).toBe(one === two);
      }),
    );
  });
});

describe('looksLikeKey', () => {
  it('knows keys from tokens and noise', () => {
    for (const key of ['sk_test_0123456789abcdef', 'pk_0123456789abcdef', `sk_${'x'.repeat(200)}`])
      expect(looksLikeKey(key)).toBe(true);
    for (const text of [
      '',
      'sk_',
      'sk_short',
      'ak_0123456789abcdef',
      'SK_0123456789abcdef',
      'xsk_0123456789abcdef',
      'a.b.c',
      'sk_0123456789abcde\n',
      `sk_${'x'.repeat(201)}`,
      'sk_0123456789abcdé',
    ]) {
      expect(looksLikeKey(text), text).toBe(false);
    }
  });
});

describe('deriveKey', () => {
  it('gives every purpose and every secret a key of its own', () => {
    const purposes = ['participant-token', 'click-cookie', 'board-id'] as const;
    const keys = ['one secret', 'another secret'].flatMap((secret) =>
      purposes.map((purpose) => deriveKey(secret, purpose).toString('hex')),
    );
    expect(new Set(keys).size).toBe(6);
    expect(keys.every((key) => key.length === 64)).toBe(true);
    expect(deriveKey('one secret', 'board-id').toString('hex')).toBe(keys[2]);
  });
});

describe('assertStrongSecret', () => {
  it('refuses what could be guessed and says how to make a good one', () => {
    for (const weak of [undefined, '', 'short', 'a'.repeat(64), 'abcabcabc'.repeat(8)]) {
      expect(() => assertStrongSecret(weak)).toThrow(/randomBytes/);
    }
    expect(() => assertStrongSecret('0123456789abcdef0123456789abcdef')).not.toThrow();
  });
});
