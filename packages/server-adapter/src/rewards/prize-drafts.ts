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

/** Who came to a place of a contest. */
export interface PlaceTaken {
  readonly participantId: string;
  readonly place: number;
  /** Tells apart those who share the place, from 1. */
  readonly share: number;
}

/** Why the prize of a place is given: the first who shares it has the cause of one who has it alone. */
export const prizeCause = (contestId: string, { place, share }: Omit<PlaceTaken, 'participantId'>): string =>
  `contest:${contestId}:${place}${share > 1 ? `:${share}` : ''}`;

/** The prizes of those who came to these places: one for each there is a prize for. */
export function prizeDrafts(
  { ruleId, contestId, version, holdDays }: PrizeRule,
  taken: readonly PlaceTaken[],
  circumstances: Circumstances,
): Draft[] {
  const { definition } = version;
  const earned = taken.flatMap(({ participantId, place, share }): Earned[] => {
    const prize = definition.contest?.prizes[place - 1];
    const given = prize && giveFor(prize, null);
    if (!given) return [];
    return [
      {
        ruleId,
        version,
        participantId,
        referralId: null,
        cause: prizeCause(contestId, { place, share }),
        given,
        earnedAt: circumstances.now,
        heldUntil: addDays(circumstances.now, definition.holdDays ?? holdDays),
        cleared: true,
      },
    ];
  });
  return draftRewards(earned, [], circumstances);
}
