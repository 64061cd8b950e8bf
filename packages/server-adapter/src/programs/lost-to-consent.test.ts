import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lostToConsent } from './lost-to-consent.ts';

const counts = (
  clicksWithConsent: number,
  referralsWithConsent: number,
  clicksWithoutConsent: number,
  referralsWithoutConsent: number,
) => ({ clicksWithConsent, referralsWithConsent, clicksWithoutConsent, referralsWithoutConsent });

describe('what was lost to missing consent', () => {
  it('is what the other clicks’ rate would have led to, less what there is', () => {
    expect(lostToConsent(counts(1000, 100, 500, 20))).toBe(30);
    expect(lostToConsent(counts(1000, 100, 500, 80))).toBe(0);
    expect(lostToConsent(counts(1000, 100, 0, 0))).toBe(0);
  });

  it('is not told from too little', () => {
    expect(lostToConsent(counts(99, 50, 500, 0))).toBeNull();
    expect(lostToConsent(counts(1000, 9, 500, 0))).toBeNull();
    expect(lostToConsent(counts(100, 10, 500, 0))).toBe(50);
  });

  it('is a whole number, no more than the clicks without consent could have led to', () => {
    const number = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(number, number, number, number, (clicks, referrals, without, kept) => {
        fc.pre(referrals <= clicks);
        const lost = lostToConsent(counts(clicks, referrals, without, kept));
        expect(lost === null || (Number.isInteger(lost) && lost >= 0 && lost <= without)).toBe(true);
      }),
    );
  });
});
