import type { RiskSignal, reviewSides, reviewStates, riskListKinds, riskModes } from '@laurelkit/sdk/contract';
import type { Generated } from 'kysely';
import type * as z from 'zod/mini';
import type { Instant, Integer, Json } from './columns.ts';

export type RiskMode = (typeof riskModes)[number];
export type ReviewState = (typeof reviewStates)[number];
/** Whom a review is about. */
export type ReviewSide = (typeof reviewSides)[number];
/** A sign that a referral is not what it looks like. */
export type Signal = z.output<typeof RiskSignal>;

/** What was seen, what was concluded, and what reviewers decided. */
export interface RiskTables {
  sighting: {
    kind: 'ip' | 'device' | 'payment';
    value_hash: string;
    participant_id: string | null;
    click_id: string | null;
    datacentre: Generated<boolean>;
    listings: Generated<string[]>;
    seen_at: Instant;
    expires_at: Instant;
  };
  participant_former_domain: { participant_id: string; domain: string; created_at: Instant };
  risk_assessment: {
    id: Generated<Integer>;
    program_id: string;
    referral_id: string;
    mode: RiskMode;
    score: number;
    decision: 'pass' | 'hold' | 'reject';
    signals: Json<Signal[]>;
    created_at: Instant;
  };
  review: {
    id: string;
    program_id: string;
    referral_id: string;
    referrer_id: string;
    referee_id: string;
    state: ReviewState;
    referrer_state: ReviewState | null;
    referee_state: ReviewState | null;
    score: number;
    mode: RiskMode;
    signals: Json<Signal[]>;
    appeal: string | null;
    opened_at: Instant;
    updated_at: Instant;
  };
  review_event: {
    id: Generated<Integer>;
    review_id: string;
    state: ReviewState;
    actor: string;
    reason: string;
    side: ReviewSide | null;
    created_at: Instant;
  };
  risk_listing: {
    id: string;
    program_id: string | null;
    kind: (typeof riskListKinds)[number];
    value: string;
    hint: string;
    reason: string;
    created_at: Instant;
    removed_at: Instant | null;
  };
}
