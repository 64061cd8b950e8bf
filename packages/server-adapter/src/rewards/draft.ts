import type { RewardState } from '../db/reward-tables.ts';
import type { Pause } from '../ledger/pauses.ts';
import type { Earned } from './earned.ts';
import type { StoredReward } from './read-rewards.ts';

/** What becomes of a reward before caps and supply are asked. */
type Base = 'held' | 'approved' | 'rejected' | 'reversed' | 'expired';

/** A reward as it is and as it should be. */
export interface Draft {
  readonly id: string;
  readonly stored: StoredReward | null;
  readonly earned: Earned | null;
  readonly base: Base;
  readonly reason: string;
}

/** What tells rewards apart. */
export const rewardKey = (ruleId: string, participantId: string, cause: string): string =>
  `${ruleId} ${participantId} ${cause}`;

/** A contest: when it takes points, and whether it takes any more. */
export interface OpenContest {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly frozen: boolean;
  readonly pauses: readonly Pause[];
}

/** What drafting goes by beside what was earned. */
export interface Circumstances {
  readonly now: Date;
  /** By id. */
  readonly contests: ReadonlyMap<string, OpenContest>;
  /** Whether the checks or a reviewer refused whoever has it. */
  isRejected(reward: StoredReward): boolean;
  newId(): string;
}

/** Brings what was earned and what is stored together: one draft for each reward there is or should be. */
export function draftRewards(
  earned: readonly Earned[],
  stored: readonly StoredReward[],
  circumstances: Circumstances,
): Draft[] {
  const known = new Map(stored.map((each) => [rewardKey(each.ruleId, each.participantId, each.cause), each]));
  const drafts: Draft[] = [];
  for (const each of earned) {
    const key = rewardKey(each.ruleId, each.participantId, each.cause);
    const old = known.get(key) ?? null;
    known.delete(key);
    drafts.push({
      id: old?.id ?? circumstances.newId(),
      stored: old,
      earned: each,
      ...baseOf(each, old, circumstances),
    });
  }
  for (const old of known.values()) {
    const gone = circumstances.isRejected(old)
      ? ({ base: 'rejected', reason: 'referral rejected' } as const)
      : ({ base: 'reversed', reason: 'its cause is gone' } as const);
    const cancelled = old.cancelledReason !== null && ({ base: 'rejected', reason: old.cancelledReason } as const);
    drafts.push({ id: old.id, stored: old, earned: null, ...(cancelled || gone) });
  }
  return drafts;
}

function baseOf(
  earned: Earned,
  old: StoredReward | null,
  { now, contests }: Circumstances,
): Pick<Draft, 'base' | 'reason'> {
  if (old?.cancelledReason != null) return { base: 'rejected', reason: old.cancelledReason };
  const { given } = earned;
  if (given.kind === 'points' && !(old && old.pointsEntered !== 0)) {
    const contest = contests.get(given.contest);
    if (!contest || !takesPoints(contest, earned.earnedAt))
      return { base: 'expired', reason: 'the contest does not take points of then' };
  }
  if (!earned.cleared) return { base: 'held', reason: 'being checked' };
  if (now < earned.heldUntil) return { base: 'held', reason: 'hold runs' };
  return { base: 'approved', reason: 'hold passed' };
}

/** Whether a contest still takes points of something that happened at an instant: what a pause fell upon earns none. */
const takesPoints = ({ frozen, startsAt, endsAt, pauses }: OpenContest, at: Date): boolean =>
  !frozen &&
  startsAt <= at &&
  at < endsAt &&
  !pauses.some(([from, until]) => from <= +at && (until === null || +at < until));

/** Whether a reward in this state has a place under caps. */
export const isStanding = (state: RewardState): boolean => !['rejected', 'reversed', 'expired'].includes(state);

/** What a draft is worth by its rule, in minor units; `null`: it is not money. */
export function fullMinorOf({ earned, stored }: Draft): number | null {
  if (!earned) return stored?.fullMinor ?? null;
  return earned.given.kind === 'money' ? earned.given.minor : null;
}
