import type {
  attributedBy,
  codeKinds,
  contestPeriods,
  contestStates,
  importSources,
  importStates,
  referralStates,
} from '@laurelkit/sdk/contract';
import type { Generated } from 'kysely';
import type { Instant, Integer, Json } from './columns.ts';
import type { ContestSettings, ContestTables } from './contest-tables.ts';
import type { CourseTables } from './course-tables.ts';
import type { RewardTables } from './reward-tables.ts';
import type { RiskMode, RiskTables } from './risk-tables.ts';

export type ReferralState = (typeof referralStates)[number];
export type ContestPeriod = (typeof contestPeriods)[number];
/** What is stored. `live` follows from the clock, and so does `frozen` until the keeper has frozen the contest. */
export type StoredContestState = Exclude<(typeof contestStates)[number], 'live'>;

export interface Rule {
  event: string;
  points: number;
}

/** Every table of the schema, as the migrations leave them. */
export interface Tables extends RewardTables, RiskTables, ContestTables, CourseTables {
  participant: {
    id: string;
    external_id: string;
    display_name: string | null;
    avatar_url: string | null;
    metadata: Json<Record<string, string | number | boolean>>;
    created_at: Instant;
    updated_at: Instant;
  };
  program: {
    id: string;
    slug: string;
    name: string;
    headline: string | null;
    landing_url: string;
    landing_origins: string[];
    attribution_model: 'first' | 'last';
    window_days: number;
    credit_window_days: number | null;
    url_parameters: string[];
    legal_class: Generated<'reward' | 'affiliate'>;
    qualifying_events: Generated<string[]>;
    hold_days: Generated<number>;
    time_zone: Generated<string>;
    risk_mode: Generated<RiskMode>;
    paid_ads_allowed: Generated<boolean>;
    referee_offer: string | null;
    joining: Generated<'host' | 'open'>;
    consent_text: string | null;
    terms_url: string | null;
    cookie_domain: string | null;
    settles_conversions: Generated<boolean>;
    archived_at: Instant | null;
    created_at: Instant;
    updated_at: Instant;
  };
  referral_code: {
    program_id: string;
    participant_id: string;
    code: string;
    kind: Generated<(typeof codeKinds)[number]>;
    is_primary: Generated<boolean>;
    created_at: Instant;
  };
  participation: {
    program_id: string;
    participant_id: string;
    introduced_as: string | null;
    consent_text: string | null;
    consented_at: Instant | null;
    left_at: Instant | null;
    created_at: Instant;
  };
  consent_change: {
    id: Generated<Integer>;
    program_id: string;
    participant_id: string;
    kind: 'given' | 'withdrawn';
    consent_text: string | null;
    actor: string;
    created_at: Instant;
  };
  participant_contact: {
    participant_id: string;
    email: string;
    email_key: string;
    email_domain: string;
    confirmed_at: Instant | null;
    updated_at: Instant;
  };
  participant_private: { participant_id: string; name: string; updated_at: Instant };
  join_request: {
    id: string;
    token_hash: string;
    program_id: string;
    email: string;
    email_key: string;
    display_name: string | null;
    locale: string;
    return_to: string;
    consent_text: string;
    click_id: string | null;
    referral_code: string | null;
    created_at: Instant;
    expires_at: Instant;
    confirmed_at: Instant | null;
    mailed_at: Instant | null;
    mail_attempts: Generated<number>;
    mail_leased_until: Instant;
  };
  click: {
    id: string;
    program_id: string;
    referrer_id: string;
    channel: string | null;
    landing_url: string | null;
    consent: boolean;
    created_at: Instant;
  };
  click_count: { program_id: string; participant_id: string; clicks: Integer };
  referral: {
    id: string;
    program_id: string;
    referrer_id: string;
    referee_id: string;
    click_id: string | null;
    attributed_by: (typeof attributedBy)[number];
    state: ReferralState;
    channel: string | null;
    click_consent: boolean | null;
    settle_at: Instant | null;
    qualified_at: Instant | null;
    cleared: Generated<boolean>;
    settled_elsewhere: Generated<boolean>;
    created_at: Instant;
  };
  referral_intake: { id: Generated<Integer>; program_id: string; referral_id: string };
  settlement_failure: {
    referral_id: string;
    attempts: Generated<number>;
    error: string;
    first_failed_at: Instant;
    next_try_at: Instant;
  };
  referral_transition: {
    id: Generated<string>;
    program_id: string;
    referral_id: string;
    from_state: ReferralState | null;
    to_state: ReferralState;
    actor: string;
    reason: string;
    created_at: Instant;
  };
  conversion: {
    id: string;
    program_id: string;
    participant_id: string;
    referral_id: string | null;
    referrer_id: string | null;
    event: string;
    amount_minor: Integer | null;
    currency: string | null;
    idempotency_key: string;
    fingerprint: string;
    metadata: Json<Record<string, string | number | boolean>>;
    created_at: Instant;
    reversed_at: Instant | null;
    reversal_reason: string | null;
    settled_elsewhere: Generated<boolean>;
  };
  conversion_refund: {
    id: Generated<Integer>;
    program_id: string;
    conversion_id: string;
    key: string;
    minor: Integer;
    rest_id: string | null;
    reason: string | null;
    created_at: Generated<Instant>;
  };
  past_reward: {
    program_id: string;
    key: string;
    participant_id: string;
    minor: Integer;
    currency: string;
    source: string;
    paid_at: Instant;
    created_at: Instant;
  };
  import_run: {
    id: string;
    program_id: string;
    source: (typeof importSources)[number];
    shape: string;
    columns: Json<Record<string, string[]>>;
    fingerprint: string;
    state: Generated<(typeof importStates)[number]>;
    created_at: Instant;
    updated_at: Instant;
  };
  contest: {
    id: string;
    program_id: string;
    slug: string;
    name: string;
    description: string | null;
    state: StoredContestState;
    starts_at: Instant;
    ends_at: Instant;
    time_zone: string;
    period: ContestPeriod;
    scoring: Json<Rule[]>;
    hide_until_end: boolean;
    settings: Json<ContestSettings>;
    rules_version: Generated<number>;
    seq: Generated<Integer>;
    created_at: Instant;
    updated_at: Instant;
  };
  ledger: {
    contest_id: string;
    seq: Integer;
    participant_id: string;
    points: Integer;
    cause: string;
    occurred_at: Instant;
    created_at: Instant;
  };
  ledger_intake: {
    id: Generated<Integer>;
    contest_id: string;
    participant_id: string;
    points: Integer;
    cause: string;
    occurred_at: Instant;
  };
  standing: { contest_id: string; period_start: Instant; participant_id: string; score: Integer; seq: Integer };
  event: {
    id: Generated<Integer>;
    name: string;
    payload: Json<Record<string, unknown>>;
    created_at: Instant;
    leased_until: Instant;
    attempts: Generated<number>;
    delivered_at: Instant | null;
  };
  idempotency: {
    scope: string;
    key: string;
    fingerprint: string;
    status: number;
    body: string;
    created_at: Instant;
  };
  webhook_endpoint: {
    id: string;
    url: string;
    description: string | null;
    state: Generated<'enabled' | 'disabled'>;
    disabled_reason: 'host' | 'gone' | 'failing' | null;
    failures: Generated<number>;
    failing_since: Instant | null;
    paused_until: Instant;
    created_at: Instant;
    updated_at: Instant;
    deleted_at: Instant | null;
  };
  webhook_delivery: {
    id: Generated<string>;
    number: Generated<Integer>;
    endpoint_id: string;
    event_id: Integer;
    event_created_at: Instant;
    event_name: string;
    state: Generated<'pending' | 'delivered' | 'failed'>;
    attempts: Generated<number>;
    due_at: Instant;
    leased_until: Instant;
    created_at: Instant;
  };
  api_key: {
    id: string;
    kind: 'publishable' | 'secret';
    name: string;
    hint: string;
    hash: string;
    origins: string[];
    created_at: Instant;
    revoked_at: Instant | null;
  };
}
