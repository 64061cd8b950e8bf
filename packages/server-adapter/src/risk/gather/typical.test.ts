import { describe, expect, it } from 'vitest';
import { type Sample, typicalOf } from './typical.ts';

const sample = (given: Partial<Sample>): Sample => ({
  ...{ clickToSignup: null, signupToConversion: null, currency: null, minor: null },
  ...given,
});
const many = (count: number, given: (index: number) => Partial<Sample>) =>
  Array.from({ length: count }, (_, index) => sample(given(index)));

describe('what is usual', () => {
  it('is not known from a few', () => {
    const few = many(19, () => ({ clickToSignup: 1, signupToConversion: 1, currency: 'EUR', minor: 1 }));
    expect(typicalOf(few)).toEqual({ clickToSignup: null, signupToConversion: null, amounts: new Map() });
  });

  it('is the median, of each currency by itself', () => {
    const euros = many(21, (index) => ({ currency: 'EUR', minor: index === 20 ? 1_000_000 : 100 + index }));
    const yen = many(20, () => ({ currency: 'JPY', minor: 5_000, signupToConversion: 7 }));
    const { amounts, signupToConversion } = typicalOf([...euros, ...yen]);
    expect([...amounts]).toEqual([
      ['EUR', 110],
      ['JPY', 5_000],
    ]);
    expect(signupToConversion).toBe(7);
  });

  it('is nothing to compare with where amounts are nought', () => {
    expect(typicalOf(many(30, () => ({ currency: 'EUR', minor: 0 }))).amounts.size).toBe(0);
  });
});
