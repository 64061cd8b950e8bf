import type { ContestSettings as ContestSettingsSchema, winnerStates } from '@laurelkit/sdk/contract';
import type { Generated } from 'kysely';
import type * as z from 'zod/mini';
import type { Instant, Integer, Json } from './columns.ts';

/** Settings of a contest, defaults filled in. */
export type ContestSettings = z.output<typeof ContestSettingsSchema>;

/** Official rules, as a version of them is kept. */
export interface RulesDocument {
  title: string;
  sections: { heading: string; paragraphs: string[] }[];
}

/** Everything of contests beside `contest`, the ledger and the standings. */
export interface ContestTables {
  contest_step: {
    id: Generated<Integer>;
    contest_id: string;
    from_state: string | null;
    to_state: string;
    actor: string;
    note: string | null;
    created_at: Instant;
  };
  contest_rules: {
    contest_id: string;
    version: number;
    document: Json<RulesDocument>;
    hash: string;
    created_at: Instant;
  };
  contest_entrant: {
    contest_id: string;
    participant_id: string;
    rules_version: number;
    country: string | null;
    age_confirmed: boolean;
    show_name: boolean;
    joined_at: Instant;
    updated_at: Instant;
    awaits_place: Generated<boolean>;
  };
  contest_action_done: {
    contest_id: string;
    action: string;
    participant_id: string;
    part: Generated<string>;
    points: Integer;
    detail: string | null;
    done_at: Instant;
  };
  contest_action_try: {
    contest_id: string;
    action: string;
    participant_id: string;
    tries: Generated<number>;
    opened_at: Instant;
    retry_at: Instant;
  };
  ledger_late: {
    contest_id: string;
    participant_id: string;
    points: Integer;
    cause: string;
    occurred_at: Instant;
    arrived_at: Instant;
  };
  contest_team: {
    id: string;
    contest_id: string;
    name: string;
    name_key: string;
    invite_code: string;
    created_at: Instant;
  };
  contest_team_member: { contest_id: string; participant_id: string; team_id: string; joined_at: Instant };
  league_member: {
    contest_id: string;
    period_start: Instant;
    participant_id: string;
    level: number;
    cohort: number;
    seat: number;
    outcome: 'promoted' | 'stayed' | 'demoted' | null;
    joined_at: Instant;
  };
  league_period: {
    contest_id: string;
    period_start: Instant;
    seq: Integer | null;
    settled_at: Instant | null;
  };
  instant_win: { contest_id: string; seed: string; seed_hash: string; plays: Generated<Integer> };
  instant_stock: { contest_id: string; prize: number; remaining: Integer };
  instant_play: {
    contest_id: string;
    number: Integer;
    participant_id: string;
    day: string;
    nth: number;
    prize: number | null;
    played_at: Instant;
  };
  contest_commitment: {
    contest_id: string;
    version: number;
    document: string;
    hash: string;
    round: Integer | null;
    committed_at: Instant;
  };
  contest_seal: { contest_id: string; seq: Integer; hash: string; sealed_at: Generated<Instant> };
  contest_draw: {
    contest_id: string;
    commitment_version: number | null;
    frozen_at: Instant;
    frozen_seq: Integer;
    root: string;
    entries: Integer;
    tickets: Integer;
    round: Integer | null;
    signature: string | null;
    numbers: Json<string[][]> | null;
    randomness: string | null;
    drawn_at: Instant | null;
    published_at: Instant | null;
  };
  contest_entry: {
    contest_id: string;
    entry_id: string;
    participant_id: string;
    weight: Integer;
    score: Integer;
    seq: Integer;
  };
  contest_order: { contest_id: string; ordinal: number; rank: number; entry_id: string };
  contest_disqualification: {
    contest_id: string;
    number: number;
    participant_id: string;
    entry_id: string;
    reason: string;
    actor: string;
    created_at: Instant;
    previous_hash: string;
    hash: string;
  };
  contest_winner: {
    id: string;
    contest_id: string;
    number: number;
    place: number;
    share: Generated<number>;
    prize: number;
    entry_id: string;
    participant_id: string;
    state: Generated<(typeof winnerStates)[number]>;
    claim_by: Instant | null;
    claimed_at: Instant | null;
    claim: string | null;
    replaces: string | null;
    reason: string | null;
    notified_at: Instant | null;
    notify_attempts: Generated<number>;
    notify_leased_until: Instant;
    created_at: Instant;
    updated_at: Instant;
  };
}
