import type { Earned } from './earned.ts';
import { type ProgramFacts, type Rule, versionAt } from './facts.ts';
import { addDays } from './time.ts';
import { giveFor } from './value.ts';

/** Where somebody's qualified referrals stand, in the order in which they qualified. */
export interface Progress {
  readonly program: ProgramFacts;
  readonly participantId: string;
  /** How many qualified referrals there are, and of how many the checks let pass. */
  readonly reached: number;
  readonly cleared: number;
  /** When the n-th qualified (from 1), for each n that a rule asks for. */
  readonly at: ReadonlyMap<number, Date>;
}

/** Numbers of referrals at which a rule gives, up to a count. */
export function milestonesOf(rule: Rule, reached: number): number[] {
  const numbers = rule.versions.flatMap(({ definition: { on, milestone } }) => {
    if (on !== 'milestone' || !milestone || milestone.referrals > reached) return [];
    const { referrals, repeats } = milestone;
    return repeats
      ? Array.from({ length: Math.floor(reached / referrals) }, (_, index) => (index + 1) * referrals)
      : [referrals];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** The milestones somebody reached by these rules: each once, held until so many referrals passed the checks. */
export function milestonesReached(
  { program, participantId, reached, cleared, at }: Progress,
  rules: readonly Rule[],
): Earned[] {
  return rules.flatMap((rule) =>
    milestonesOf(rule, reached).flatMap((number) => {
      const earnedAt = at.get(number);
      const version = earnedAt && versionAt(rule, earnedAt);
      if (!version) return [];
      const { on, milestone, value, holdDays } = version.definition;
      const asked =
        milestone && (milestone.repeats ? number % milestone.referrals === 0 : number === milestone.referrals);
      const given = on === 'milestone' && asked ? giveFor(value, null) : null;
      if (!given) return [];
      return [
        {
          ruleId: rule.id,
          version,
          participantId,
          referralId: null,
          cause: `milestone:${number}`,
          given,
          earnedAt,
          heldUntil: addDays(earnedAt, holdDays ?? program.holdDays),
          cleared: cleared >= number,
        },
      ];
    }),
  );
}
