import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinFaults, missingOf } from './missing.ts';

const eligibilities = fc.record({
  countries: fc.option(fc.constantFrom<string[]>(['PT'], ['PT', 'ES'])),
  minimumAge: fc.option(fc.constant(18)),
  verifiedEmail: fc.boolean(),
});
const said = fc.record({ country: fc.option(fc.constantFrom('PT', 'ES', 'FR')), ageConfirmed: fc.boolean() });

describe('what is missing', () => {
  it('is of those who joined what joining would refuse', () => {
    fc.assert(
      fc.property(eligibilities, said, (eligibility, words) => {
        const faults = joinFaults(eligibility, words).map(({ pointer }) => pointer);
        const missing = missingOf({ eligibility, rulesVersion: 1 }, { ...words, rulesVersion: 1 }, true);
        expect(missing.includes('country')).toBe(faults.includes('#/country'));
        expect(missing.includes('age')).toBe(faults.includes('#/ageConfirmed'));
        expect(missing).toHaveLength(faults.length);
      }),
    );
  });

  it('is nothing where nothing is asked, whoever it is', () => {
    const eligibility = { countries: null, minimumAge: null, verifiedEmail: false };
    expect(missingOf({ eligibility, rulesVersion: 3 }, null, false)).toEqual([]);
  });

  it('is joining, an address and the newest rules', () => {
    const contest = { eligibility: { countries: null, minimumAge: null, verifiedEmail: true }, rulesVersion: 2 };
    expect(missingOf(contest, null, false)).toEqual(['joining', 'email']);
    expect(missingOf(contest, { country: null, ageConfirmed: false, rulesVersion: 1 }, true)).toEqual(['rules']);
    expect(missingOf(contest, { country: null, ageConfirmed: false, rulesVersion: 2 }, true)).toEqual([]);
  });
});
