import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostAttempts, pauseAfter } from './schedule.ts';

const plain = Array.from({ length: mostAttempts - 1 }, (_, index) => pauseAfter(index + 1, 0) ?? 0);

describe('pauseAfter', () => {
  it('is the schedule of Standard Webhooks: ten tries in 75 hours, 35 minutes and 5 seconds', () => {
    const hours = [2, 5, 10, 14, 20, 24].map((hour) => hour * 3600);
    expect(plain).toEqual([5, 300, 1800, ...hours]);
    expect(mostAttempts).toBe(10);
    expect(plain.reduce((sum, pause) => sum + pause, 0)).toBe(75 * 3600 + 35 * 60 + 5);
  });

  it('adds up to a tenth, so that later tries never come before earlier ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const pause = pauseAfter(attempt, random) ?? 0;
        const usual = plain[attempt - 1] ?? 0;
        expect(pause).toBeGreaterThanOrEqual(usual);
        expect(pause).toBeLessThanOrEqual(usual * 1.1);
      }),
    );
  });

  it('ends after the last try', () => {
    expect([pauseAfter(10, 0), pauseAfter(11, 0.5)]).toEqual([null, null]);
  });
});
