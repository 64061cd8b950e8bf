import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalSources } from './public-numbers.ts';
import { rfc3797 } from './rfc3797.ts';

const sources = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]];

describe('sources in the form of RFC 3797', () => {
  it('are those of its example', () => {
    expect(canonicalSources(sources)).toBe('9319./2.5.8.10.12./9.18.26.34.41.45./');
  });

  it('are numbers whatever they are written as, without leading zeros, sorted as numbers', () => {
    expect(canonicalSources(['9319', ['0012', 5, 2n, ' 8 ', '10']])).toBe('9319./2.5.8.10.12./');
    expect(canonicalSources([['0'], ['000'], ['100000000000000000000', '99999999999999999999']])).toBe(
      '0./0./99999999999999999999.100000000000000000000./',
    );
  });

  it('keep their own order, and twins', () => {
    expect(canonicalSources([[2], [1]])).toBe('2./1./');
    expect(canonicalSources([[3, 3, 1]])).toBe('1.3.3./');
    expect(canonicalSources([])).toBe('');
  });

  it('do not depend on the order within a source, nor on zeros in front', () => {
    const numbers = fc.array(fc.bigInt({ min: 0n, max: 10n ** 30n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(numbers, fc.nat(5), (source, zeros) => {
        const written = source.map((each) => '0'.repeat(zeros) + each).reverse();
        expect(canonicalSources([written])).toBe(canonicalSources([source]));
      }),
    );
  });

  it.each([['-1'], ['1.5'], ['1e3'], [''], ['0x10'], ['١']])('refuse %j', (wrong) => {
    expect(() => canonicalSources([[wrong]])).toThrow(TypeError);
  });

  it.each([[-1], [1.5], [Number.NaN], [1e21]])('refuse %d', (wrong) => {
    expect(() => canonicalSources([[wrong]])).toThrow(TypeError);
  });
});

describe('the selection of RFC 3797', () => {
  it('is that of its section 6', () => {
    expect(rfc3797({ sources, poolSize: 25, picks: 16 })).toEqual({
      picks: [
        { pick: 17, digest: '990dd0a5692a029a98b5e01aa28f3459' },
        { pick: 7, digest: '3691e55cb63fcc37914430b2f70b5ec6' },
        { pick: 2, digest: 'fe814edf564c190ac1d25753979990fa' },
        { pick: 16, digest: '1863ccaceb568c31d7ddbdf1d4e91387' },
        { pick: 25, digest: 'f4ab33df4889f0af29c513905be1d758' },
        { pick: 23, digest: '13eaeb529f61acfb9a29d0ba3a60de4a' },
        { pick: 8, digest: '992db77c382ca2bdb9727001f3cdccd9' },
        { pick: 24, digest: '63ab4258eca922976811c7f55c383ce7' },
        { pick: 19, digest: 'dfbc5ac97ced01b3a6e348e3cc63f40d' },
        { pick: 13, digest: '31cb111c4a4ebe9287ceae16fe51b909' },
        { pick: 22, digest: '07fa46c122f164c215bbc72793b189a3' },
        { pick: 5, digest: 'ac52f8d75ccbe2e61afeb3387637d501' },
        { pick: 18, digest: '53306f73e14fc0b2fbf434218d25948e' },
        { pick: 9, digest: 'b5d1403501a81f9a47318be7893b347c' },
        { pick: 1, digest: '85b10b356aa06663ef1b1b407765100a' },
        { pick: 4, digest: '3269e6ce559abd57e2ba6aab495eb9bd' },
      ],
    });
  });

  it('picks everybody once, by the remainder of each digest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(), { minLength: 1 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 300 }),
        (from, poolSize) => {
          const { picks } = rfc3797({ sources: from, poolSize, picks: poolSize });
          const left = Array.from({ length: poolSize }, (_, index) => index + 1);
          for (const [index, { pick, digest }] of picks.entries()) {
            const number = Buffer.from([index >> 8, index & 255]);
            const expected = createHash('md5')
              .update(number)
              .update(canonicalSources(from))
              .update(number)
              .digest('hex');
            expect(digest).toBe(expected);
            expect(left.splice(Number(BigInt(`0x${digest}`) % BigInt(left.length)), 1)).toEqual([pick]);
          }
          expect(left).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('knows no more than 65,535, and nobody twice', () => {
    expect(rfc3797({ sources, poolSize: 65_535, picks: 300 }).picks).toHaveLength(300);
    expect(() => rfc3797({ sources, poolSize: 65_536, picks: 1 })).toThrow(RangeError);
    expect(() => rfc3797({ sources, poolSize: 0, picks: 0 })).toThrow(RangeError);
    expect(() => rfc3797({ sources, poolSize: 3, picks: 4 })).toThrow(RangeError);
    expect(rfc3797({ sources, poolSize: 3, picks: 0 })).toEqual({ picks: [] });
  });
});
