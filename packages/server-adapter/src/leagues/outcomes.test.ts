import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelAfter, moves, type Outcome, outcomesOf } from './outcomes.ts';

const leagues = fc
  .record({ divisions: fc.integer({ min: 1, max: 10 }), promote: fc.nat(25), demote: fc.nat(25) })
  .map((league) => ({ ...league, divisions: Array.from({ length: league.divisions }, (_, index) => `D${index}`) }));
const cohorts = fc.record({
  league: leagues,
  level: fc.integer({ min: 1, max: 10 }),
  scores: fc
    .array(fc.integer({ min: -5, max: 20 }), { minLength: 1, maxLength: 50 })
    .map((scores) => scores.sort((a, b) => b - a)),
});
const countOf = (outcomes: readonly Outcome[], outcome: Outcome) => outcomes.filter((each) => each === outcome).length;

describe('outcomes of a cohort', () => {
  it('are one for each, and keep everybody within the divisions', () => {
    fc.assert(
      fc.property(cohorts, ({ league, level: any, scores }) => {
        const level = Math.min(any, league.divisions.length);
        const outcomes = outcomesOf(scores, level, league);
        expect(outcomes).toHaveLength(scores.length);
        for (const outcome of outcomes) {
          expect(levelAfter(level, outcome)).toBeGreaterThanOrEqual(1);
          expect(levelAfter(level, outcome)).toBeLessThanOrEqual(league.divisions.length);
        }
      }),
    );
  });

  it('are never both for one place, and never better for a lower one', () => {
    const worth = { promoted: 2, stayed: 1, demoted: 0 };
    fc.assert(
      fc.property(cohorts, ({ league, level: any, scores }) => {
        const level = Math.min(any, league.divisions.length);
        const { promote, demote } = moves(scores.length, level, league);
        expect(promote + demote).toBeLessThanOrEqual(scores.length);
        const worths = outcomesOf(scores, level, league).map((outcome) => worth[outcome]);
        // Those who lost their points may be demoted from the first places; with points, order is all.
        if (scores.every((score) => score > 0)) expect(worths).toEqual([...worths].sort((a, b) => b - a));
      }),
    );
  });

  it('are as many as the settings say where there are members enough', () => {
    fc.assert(
      fc.property(cohorts, ({ league, scores }) => {
        const level = Math.ceil(league.divisions.length / 2);
        const middle = level > 1 && level < league.divisions.length;
        if (!middle || scores.length < league.promote + league.demote || scores.some((score) => score <= 0)) return;
        const outcomes = outcomesOf(scores, level, league);
        expect(countOf(outcomes, 'promoted')).toBe(league.promote);
        expect(countOf(outcomes, 'demoted')).toBe(league.demote);
      }),
    );
  });

  it.each([
    [30, 2, { promote: 5, demote: 5 }],
    [10, 2, { promote: 5, demote: 5 }],
    [9, 2, { promote: 5, demote: 4 }],
    [5, 2, { promote: 5, demote: 0 }],
    [1, 2, { promote: 1, demote: 0 }],
    [10, 1, { promote: 5, demote: 0 }],
    [10, 3, { promote: 0, demote: 5 }],
    [4, 3, { promote: 0, demote: 2 }],
    [1, 3, { promote: 0, demote: 0 }],
  ])('of %i members in division %i of 3 are %j', (members, level, expected) => {
    expect(moves(members, level, { promote: 5, demote: 5, divisions: ['Bronze', 'Silver', 'Gold'] })).toEqual(expected);
  });

  it('go by the place where scores are equal, and take nobody up without points', () => {
    const league = { promote: 2, demote: 1, divisions: ['Bronze', 'Silver', 'Gold'] };
    expect(outcomesOf([7, 7, 7, 7], 2, league)).toEqual(['promoted', 'promoted', 'stayed', 'demoted']);
    expect(outcomesOf([7, 0, 0, -2], 2, league)).toEqual(['promoted', 'stayed', 'stayed', 'demoted']);
  });
});
