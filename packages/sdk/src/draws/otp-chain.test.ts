import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from './bytes.ts';
import { otpChain } from './otp-chain.ts';

describe('a chain of one-time codes', () => {
  it('is that of the example of draft-thomson-elegy-vrs', () => {
    const chain = otpChain(utf8('totally not a bikeshed'), 10);
    expect(chain).toHaveLength(11);
    expect(chain.slice(8).map(toHex)).toEqual([
      '2f70f884997ce80771adbefbbbc6c71a1b921da71896c25ca0f64966bfd0c8ce',
      '5346f2efb5397a6788fc1f1d9c05c6d3f2abe9b7d16d8592a3695b6dbe9f2456',
      '950ea08d8d5fd3ae415b9967aba7a48aba39ca62a4d98f2e7fe25cb1b8f8c488',
    ]);
    expect(otpChain('totally not a bikeshed', 10)).toEqual(chain);
  });

  it('begins with the secret, and each value is SHA-256 of the one before', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 0, max: 20 }), (secret, n) => {
        const chain = otpChain(secret, n);
        expect(chain).toHaveLength(n + 1);
        expect(chain[0]).toEqual(secret);
        for (let index = 1; index <= n; index++) {
          const hash = createHash('sha256').update(chain[index - 1] as Uint8Array);
          expect(toHex(chain[index] as Uint8Array)).toBe(hash.digest('hex'));
        }
      }),
    );
  });

  it('refuses lengths and secrets that make no sense', () => {
    for (const n of [-1, 1.5, Number.NaN]) expect(() => otpChain(utf8('a'), n)).toThrow(RangeError);
    expect(() => otpChain(7 as never, 1)).toThrow(TypeError);
  });
});
