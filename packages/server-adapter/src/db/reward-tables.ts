import type {
  payoutBatchStates,
  payoutStates,
  RewardDefinition as RewardDefinitionSchema,
  rewardStates,
} from '@laurelkit/sdk/contract';
import type { Generated } from 'kysely';
import type * as z from 'zod/mini';
import type { Instant, Integer, Json } from './columns.ts';

export type RewardState = (typeof rewardStates)[number];
/** What a reward rule says, its defaults filled in. */
export type RewardDefinition = z.output<typeof RewardDefinitionSchema>;

/** Rules, rewards, the money ledger and payouts. */
export interface RewardTables {
  reward_rule: {
    id: string;
    program_id: string;
    slug: string;
    name: string;
    version: Generated<number>;
    definition: Json<RewardDefinition>;
    archived_at: Instant | null;
    contest_id: string | null;
    awarded_at: Instant | null;
    created_at: Instant;
    updated_at: Instant;
  };
  reward_rule_version: {
    rule_id: string;
    version: number;
    definition: Json<RewardDefinition>;
    active: Generated<boolean>;
    created_at: Instant;
  };
  reward_supply: {
    rule_id: string;
    stock_left: Integer | null;
    budget_left: Integer | null;
    budget_currency: string | null;
  };
  reward_account: { program_id: string; participant_id: string };
  reward: {
    id: string;
    program_id: string;
    rule_id: string;
    rule_version: number;
    participant_id: string;
    side: 'referrer' | 'referee';
    referral_id: string | null;
    cause: string;
    kind: 'money' | 'points' | 'coupon' | 'item';
    full_minor: Integer | null;
    minor: Generated<Integer>;
    currency: string | null;
    points: Integer | null;
    contest_id: string | null;
    item: string | null;
    code: string | null;
    state: RewardState;
    supplied: Generated<boolean>;
    budget_minor: Generated<Integer>;
    points_entered: Generated<Integer>;
    points_entries: Generated<number>;
    leased_until: Instant;
    attempts: Generated<number>;
    cancelled_reason: string | null;
    held_until: Instant | null;
    earned_at: Instant;
    created_at: Instant;
    updated_at: Instant;
  };
  reward_transition: {
    id: Generated<Integer>;
    reward_id: string;
    from_state: RewardState | null;
    to_state: RewardState;
    actor: string;
    reason: string;
    created_at: Instant;
  };
  reward_entry: {
    id: Generated<Integer>;
    program_id: string;
    participant_id: string;
    reward_id: string;
    number: number;
    minor: Integer;
    currency: string;
    reason: string;
    created_at: Instant;
  };
  payout_batch: {
    id: string;
    program_id: string;
    currency: string;
    minimum_minor: Integer;
    state: Generated<(typeof payoutBatchStates)[number]>;
    created_at: Instant;
    approved_at: Instant | null;
    completed_at: Instant | null;
  };
  payout: {
    id: string;
    batch_id: string;
    program_id: string;
    participant_id: string;
    minor: Integer;
    currency: string;
    state: Generated<(typeof payoutStates)[number]>;
    attempts: Generated<number>;
    leased_until: Instant;
    reference: string | null;
    error: string | null;
    created_at: Instant;
    updated_at: Instant;
  };
  payout_transition: {
    id: Generated<Integer>;
    payout_id: string;
    from_state: (typeof payoutStates)[number] | null;
    to_state: (typeof payoutStates)[number];
    actor: string;
    reason: string;
    created_at: Instant;
  };
  payout_entry: { entry_id: Integer; payout_id: string };
  inbound_event: { source: string; id: string; kind: string; received_at: Instant };
}
