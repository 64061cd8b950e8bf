import type { RewardState } from '../db/reward-tables.ts';
import { type Draft, fullMinorOf, isStanding } from './draft.ts';
import type { StoredReward } from './read-rewards.ts';

/** A reward as it is to be stored. */
export interface RewardRow {
  id: string;
  program_id: string;
  rule_id: string;
  rule_version: number;
  participant_id: string;
  side: 'referrer' | 'referee';
  referral_id: string | null;
  cause: string;
  kind: 'money' | 'points' | 'coupon' | 'item';
  full_minor: number | null;
  minor: number;
  currency: string | null;
  points: number | null;
  contest_id: string | null;
  item: string | null;
  state: RewardState;
  supplied: boolean;
  budget_minor: number;
  points_entered: number;
  points_entries: number;
  held_until: Date | null;
  earned_at: Date;
}

/** A reward that is to be stored, why, and what it was. */
export interface Finished {
  readonly row: RewardRow;
  readonly from: RewardState | null;
  readonly reason: string;
}

/** What was found out about a draft. */
export interface Findings {
  /** What caps leave of it: minor units, or 1 and 0. */
  readonly allowed: number;
  /** Whether its rule limits what it gives. */
  readonly limited: boolean;
  /** What it has of what its rule may give, in minor units; `null`: no share. */
  readonly share: number | null;
}

/** The reward that a draft comes to, or `null` when it is nothing other than it was. */
export function finish(draft: Draft, programId: string, { allowed, share, limited }: Findings): Finished | null {
  const { stored, earned, base } = draft;
  if (!stored && !isStanding(base)) return null;
  const state = stateOf(draft, allowed, !limited || share !== null);
  const worth = isStanding(state) && fullMinorOf(draft) !== null ? Math.min(allowed, share ?? allowed) : 0;
  const heldUntil = earned ? (earned.cleared ? earned.heldUntil : null) : (stored?.heldUntil ?? null);
  const row: RewardRow = {
    id: draft.id,
    program_id: programId,
    ...whatOf(draft),
    minor: worth,
    state,
    supplied: limited && share !== null,
    budget_minor: share ?? 0,
    points_entered: stored?.pointsEntered ?? 0,
    points_entries: stored?.pointsEntries ?? 0,
    held_until: state === 'held' ? heldUntil : null,
  };
  if (stored && isSame(row, stored)) return null;
  const reason = state === 'capped' ? 'cap reached' : state === 'waiting' ? 'nothing left' : draft.reason;
  return { row, from: stored?.state ?? null, reason };
}

const isSame = (row: RewardRow, old: StoredReward) =>
  row.state === old.state &&
  row.minor === old.minor &&
  row.full_minor === old.fullMinor &&
  row.currency === old.currency &&
  row.points === old.points &&
  row.item === old.item &&
  row.supplied === old.supplied &&
  row.budget_minor === old.budgetMinor &&
  row.rule_version === old.version &&
  row.earned_at.getTime() === old.earnedAt.getTime() &&
  row.held_until?.getTime() === old.heldUntil?.getTime();

function stateOf({ stored, base }: Draft, allowed: number, isSupplied: boolean): RewardState {
  if (!isStanding(base)) return base;
  if (stored?.state === 'fulfilled') return 'fulfilled';
  if (allowed === 0) return 'capped';
  return isSupplied ? base : 'waiting';
}

/** What a reward is, by what was earned or else as it was. */
function whatOf({ earned, stored }: Draft) {
  // What was handed out stays what it was.
  if (stored && (!earned || stored.state === 'fulfilled')) {
    return {
      rule_id: stored.ruleId,
      rule_version: stored.version,
      participant_id: stored.participantId,
      side: stored.side,
      referral_id: stored.referralId,
      cause: stored.cause,
      kind: stored.kind,
      full_minor: stored.fullMinor,
      currency: stored.currency,
      points: stored.points,
      contest_id: stored.contestId,
      item: stored.item,
      earned_at: stored.earnedAt,
    };
  }
  if (!earned) throw new Error('A draft is of something earned or of something stored.');
  const { given, version } = earned;
  return {
    rule_id: earned.ruleId,
    rule_version: version.version,
    participant_id: earned.participantId,
    side: version.definition.to,
    referral_id: earned.referralId,
    cause: earned.cause,
    kind: given.kind,
    full_minor: given.kind === 'money' ? given.minor : null,
    currency: given.kind === 'money' ? given.currency : null,
    points: given.kind === 'points' ? given.points : null,
    contest_id: given.kind === 'points' ? given.contest : null,
    item: given.kind === 'coupon' || given.kind === 'item' ? given.item : null,
    earned_at: earned.earnedAt,
  };
}
