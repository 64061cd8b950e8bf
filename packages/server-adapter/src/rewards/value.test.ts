import fc from 'fast-check';
import { expect, it } from 'vitest';
import { giveFor, shareOf } from './value.ts';

const amount = fc.integer({ min: 0, max: 9_000_000_000_000 });
const basisPoints = fc.integer({ min: 1, max: 10_000 });

it('takes shares exactly, rounded down', () => {
  fc.assert(
    fc.property(amount, basisPoints, (minor, points) => {
      const share = BigInt(shareOf(minor, points));
      const exact = BigInt(minor) * BigInt(points);
      expect(share * 10_000n <= exact && exact < (share + 1n) * 10_000n).toBe(true);
    }),
  );
});

it('never gives more than the whole, nor more than the most for one conversion', () => {
  const conversion = { id: 'c', event: 'purchase', currency: 'EUR', metadata: {}, at: new Date(0), reversed: false };
  fc.assert(
    fc.property(amount, basisPoints, fc.integer({ min: 1, max: 1_000_000 }), (minor, points, mostMinor) => {
      const given = giveFor({ kind: 'percent', basisPoints: points, mostMinor }, { ...conversion, minor });
      const most = Math.min(mostMinor, shareOf(minor, points));
      expect(given?.kind === 'money' ? given.minor : 0).toBe(most);
    }),
  );
});
