import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RewardDefinition } from '../db/reward-tables.ts';
import type { Rule } from './facts.ts';
import { milestonesOf, milestonesReached } from './milestones.ts';
import { addDays } from './time.ts';

const start = new Date('2026-01-01T00:00:00Z');
const program = { id: 'program', qualifyingEvents: [], holdDays: 0, creditWindowDays: null, timeZone: 'UTC' };

const ruleOf = (...milestones: NonNullable<RewardDefinition['milestone']>[]): Rule => ({
  id: 'rule',
  programId: 'program',
  versions: milestones.map((milestone, index) => ({
    version: index + 1,
    from: addDays(start, index * 100),
    active: true,
    definition: {
      to: 'referrer',
      on: 'milestone',
      events: [],
      value: { kind: 'money', minor: 500, currency: 'EUR' },
      conditions: {},
      tiers: [],
      caps: {},
      milestone,
    },
  })),
});

const reached = (rule: Rule, count: number, cleared = count) =>
  milestonesReached(
    {
      program,
      participantId: 'ada',
      reached: count,
      cleared,
      at: new Map(milestonesOf(rule, count).map((number) => [number, addDays(start, number)])),
    },
    [rule],
  );

it('gives once at the number, and again at each multiple where it repeats', () => {
  expect(reached(ruleOf({ referrals: 5, repeats: false }), 14).map(({ cause }) => cause)).toEqual(['milestone:5']);
  expect(reached(ruleOf({ referrals: 5, repeats: true }), 14).map(({ cause }) => cause)).toEqual([
    'milestone:5',
    'milestone:10',
  ]);
  expect(reached(ruleOf({ referrals: 5, repeats: false }), 4)).toEqual([]);
});

it('waits until as many referrals have passed the checks', () => {
  const cleared = (passed: number) =>
    reached(ruleOf({ referrals: 5, repeats: true }), 10, passed).map((each) => each.cleared);
  expect([cleared(4), cleared(5), cleared(10)]).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
});

it('never gives a milestone twice, whatever the versions said', () => {
  const milestone = fc.record({ referrals: fc.integer({ min: 1, max: 9 }), repeats: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(milestone, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 0, max: 300 }),
      (versions, count) => {
        const causes = reached(ruleOf(...versions), count).map(({ cause }) => cause);
        expect(new Set(causes).size).toBe(causes.length);
        const numbers = causes.map((cause) => Number(cause.split(':')[1]));
        expect(numbers.every((number) => number <= count)).toBe(true);
      },
    ),
  );
});
