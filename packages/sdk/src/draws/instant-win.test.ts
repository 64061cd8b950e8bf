import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './instant-win.ts';

const seed = Uint8Array.from({ length: 32 }, (_, index) => index);
const contest = '01890000-0000-7000-8000-000000000001';
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
const odds = fc.array(fc.record({ oneIn: fc.integer({ min: 1, max: 50 }) }), { minLength: 1, maxLength: 5 });
const numbers = fc.integer({ min: 1, max: 1_000_000 });

describe('outcomeOf', () => {
  it('is what a few lines of another library say', () => {
    fc.assert(
      fc.property(seeds, fc.uuid(), numbers, odds, (bytes, id, number, prizes) => {
        const hit = prizes.findIndex(({ oneIn }, index) => {
          const digest = createHmac('sha256', bytes)
            .update(`${id}/${number}/${index + 1}`)
            .digest();
          return digest.readBigUInt64BE(0) < 2n ** 64n / BigInt(oneIn);
        });
        expect(outcomeOf(bytes, id, number, prizes)).toBe(hit === -1 ? null : hit);
      }),
    );
  });

  it('always wins one in one, and says so of the first', () => {
    fc.assert(
      fc.property(seeds, numbers, (bytes, number) => {
        expect(outcomeOf(bytes, contest, number, [{ oneIn: 1 }, { oneIn: 1 }])).toBe(0);
      }),
    );
  });

  it('does not let a prize change what those before it come to', () => {
    fc.assert(
      fc.property(seeds, numbers, odds, (bytes, number, prizes) => {
        const alone = outcomeOf(bytes, contest, number, prizes);
        const more = outcomeOf(bytes, contest, number, [...prizes, { oneIn: 3 }]);
        if (alone !== null) expect(more).toBe(alone);
        else expect([null, prizes.length]).toContain(more);
      }),
    );
  });

  it.each([1, 2, 3])('comes out as often as it says, by the seed %i (chi-square)', (first) => {
    const prizes = [{ oneIn: 10 }, { oneIn: 4 }, { oneIn: 3 }];
    const plays = 15_000;
    const counts = [0, 0, 0, 0];
    const bytes = Uint8Array.of(first, ...seed.slice(1));
    for (let number = 1; number <= plays; number++) {
      const hit = outcomeOf(bytes, contest, number, prizes) ?? 3;
      counts[hit] = (counts[hit] ?? 0) + 1;
    }
    // A later prize is what the earlier ones leave over.
    const shares = [1 / 10, (9 / 10) * (1 / 4), (9 / 10) * (3 / 4) * (1 / 3), (9 / 10) * (3 / 4) * (2 / 3)];
    const statistic = shares.reduce((sum, share, index) => {
      const expected = share * plays;
      return sum + ((counts[index] ?? 0) - expected) ** 2 / expected;
    }, 0);
    // Three degrees of freedom: one fair source in a thousand is above 16.27.
    expect(statistic).toBeLessThan(16.27);
  });

  it('is nothing for a number that no play has', () => {
    for (const number of [0, -1, 1.5, Number.NaN]) {
      expect(() => outcomeOf(seed, contest, number, [{ oneIn: 2 }])).toThrow(RangeError);
    }
    expect(() => outcomeOf(seed, contest, 1, [{ oneIn: 0 }])).toThrow(RangeError);
  });
});
