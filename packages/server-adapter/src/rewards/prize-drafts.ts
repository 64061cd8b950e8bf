import { type Circumstances, type Draft, draftRewards } from './draft.ts';
import type { Earned } from './earned.ts';
import type { RuleVersion } from './facts.ts';
import { addDays } from './time.ts';
import { giveFor } from './value.ts';

/** A rule that gives prizes of a contest. */
export interface PrizeRule {
  readonly ruleId: string;
  readonly contestId: string;
  readonly version: RuleVersion;
  /** The programme's, where the rule does not say. */
  readonly holdDays: number;
}

/** The prizes of those who stand in these places, the first first: one for each place there is a prize for. */
export function prizeDrafts(
  { ruleId, contestId, version, holdDays }: PrizeRule,
  participants: readonly string[],
  circumstances: Circumstances,
): Draft[] {
  const { definition } = version;
  const earned = participants.flatMap((participantId, index): Earned[] => {
    const prize = definition.contest?.prizes[index];
    const given = prize && giveFor(prize, null);
    if (!given) return [];
    return [
      {
        ruleId,
        version,
        participantId,
        referralId: null,
        cause: `contest:${contestId}:${index + 1}`,
        given,
        earnedAt: circumstances.now,
        heldUntil: addDays(circumstances.now, definition.holdDays ?? holdDays),
        cleared: true,
      },
    ];
  });
  return draftRewards(earned, [], circumstances);
}
