import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import type { RewardState } from '../db/reward-tables.ts';

/** A reward as it is stored. */
export interface StoredReward {
  readonly id: string;
  readonly programId: string;
  readonly ruleId: string;
  readonly version: number;
  readonly participantId: string;
  readonly side: 'referrer' | 'referee';
  readonly referralId: string | null;
  readonly cause: string;
  readonly kind: 'money' | 'points' | 'coupon' | 'item';
  readonly fullMinor: number | null;
  /** What caps leave of it. */
  readonly minor: number;
  readonly currency: string | null;
  readonly points: number | null;
  readonly contestId: string | null;
  readonly item: string | null;
  readonly state: RewardState;
  readonly supplied: boolean;
  readonly budgetMinor: number;
  readonly pointsEntered: number;
  readonly pointsEntries: number;
  readonly cancelledReason: string | null;
  /** Until then the host may be handing it out. */
  readonly leasedUntil: Date;
  readonly heldUntil: Date | null;
  readonly earnedAt: Date;
}

/** A stored row as the settlement goes by it. */
export const storedReward = (row: Row<'reward'>): StoredReward => ({
  id: row.id,
  programId: row.program_id,
  ruleId: row.rule_id,
  version: row.rule_version,
  participantId: row.participant_id,
  side: row.side,
  referralId: row.referral_id,
  cause: row.cause,
  kind: row.kind,
  fullMinor: row.full_minor === null ? null : Number(row.full_minor),
  minor: Number(row.minor),
  currency: row.currency,
  points: row.points === null ? null : Number(row.points),
  contestId: row.contest_id,
  item: row.item,
  state: row.state,
  supplied: row.supplied,
  budgetMinor: Number(row.budget_minor),
  pointsEntered: Number(row.points_entered),
  pointsEntries: row.points_entries,
  cancelledReason: row.cancelled_reason,
  leasedUntil: row.leased_until,
  heldUntil: row.held_until,
  earnedAt: row.earned_at,
});

/** Parameters: referral ids, rules that give at milestones, participants. */
const statement = (schema: string) => `
select * from ${schema}.reward where referral_id = any($1::uuid[])
union all
select * from ${schema}.reward
where rule_id = any($2::uuid[]) and participant_id = any($3::uuid[]) and referral_id is null`;

/** Rewards of these referrals, and those of milestones of these participants. */
export async function readRewards(
  { query, schema }: Database,
  referralIds: readonly string[],
  milestoneRules: readonly string[],
  participantIds: readonly string[],
): Promise<StoredReward[]> {
  const rows = await query<Row<'reward'>>(statement(schema), [referralIds, milestoneRules, participantIds]);
  return rows.map(storedReward);
}
