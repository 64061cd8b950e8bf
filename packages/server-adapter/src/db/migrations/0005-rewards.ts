/** Reward rules, what was earned by them, the money ledger, and payouts. */
export const rewards = `
create table reward_rule (
  id uuid primary key,
  program_id uuid not null references program,
  slug text not null,
  name text not null,
  version integer not null default 1,
  definition jsonb not null,
  archived_at timestamptz,
  -- Of a rule that gives prizes: the contest, and when they were given.
  contest_id uuid references contest,
  awarded_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (program_id, slug)
);
create index reward_rule_prizes on reward_rule (contest_id) where contest_id is not null and awarded_at is null;

create table reward_rule_version (
  rule_id uuid not null references reward_rule,
  version integer not null,
  definition jsonb not null,
  -- false from when the rule was archived.
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (rule_id, version)
);
create trigger reward_rule_version_append_only before update or delete on reward_rule_version
  for each row execute function refuse_change();

-- What is left of a rule's stock and budget. The checks are what keeps it from giving more.
create table reward_supply (
  rule_id uuid primary key references reward_rule,
  stock_left bigint check (stock_left >= 0),
  budget_left bigint check (budget_left >= 0),
  budget_currency text
);

-- Whoever settles what a participant earned in a programme holds this row meanwhile.
create table reward_account (
  program_id uuid not null,
  participant_id uuid not null,
  primary key (program_id, participant_id)
);

create table reward (
  id uuid primary key,
  program_id uuid not null references program,
  rule_id uuid not null references reward_rule,
  rule_version integer not null,
  participant_id uuid not null references participant,
  side text not null check (side in ('referrer', 'referee')),
  referral_id uuid,
  cause text not null,
  kind text not null check (kind in ('money', 'points', 'coupon', 'item')),
  -- What the rule says it is worth, and what it is worth now, after caps, stock, checks and reversals.
  full_minor bigint check (full_minor >= 0),
  minor bigint not null default 0,
  currency text,
  points bigint,
  contest_id uuid references contest,
  item text,
  code text,
  state text not null
    check (state in ('held', 'approved', 'fulfilled', 'capped', 'waiting', 'rejected', 'reversed', 'expired')),
  -- Whether stock and budget of the rule were taken for it, and how much of the budget.
  supplied boolean not null default false,
  budget_minor bigint not null default 0,
  -- The points of it that are in the contest's ledger, and how many rows of the ledger made them so.
  points_entered bigint not null default 0,
  points_entries integer not null default 0,
  -- Nobody else has the host hand it out before this instant.
  leased_until timestamptz not null default '-infinity',
  attempts integer not null default 0,
  cancelled_reason text,
  held_until timestamptz,
  earned_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint reward_once unique (rule_id, participant_id, cause),
  constraint reward_money check ((kind = 'money') = (currency is not null))
);
create index reward_participant on reward (program_id, participant_id, id desc);
create index reward_referral on reward (referral_id);
create index reward_waiting on reward (rule_id, earned_at) where state = 'waiting';
create index reward_cap on reward (rule_id, participant_id, earned_at);
create index reward_unfulfilled on reward (leased_until) where state = 'approved' and kind in ('coupon', 'item');
create index reward_prize_held on reward (held_until) where state = 'held' and cause like 'contest:%';

create table reward_transition (
  id bigint generated always as identity primary key,
  reward_id uuid not null references reward,
  from_state text,
  to_state text not null,
  actor text not null,
  reason text not null,
  created_at timestamptz not null default now()
);
create index reward_transition_reward on reward_transition (reward_id, id);
create trigger reward_transition_append_only before update or delete on reward_transition
  for each row execute function refuse_change();

-- The money ledger: approved money in, taken back money out. A balance is the sum of one currency's rows.
create table reward_entry (
  id bigint generated always as identity primary key,
  program_id uuid not null,
  participant_id uuid not null,
  reward_id uuid not null references reward,
  -- Counts the entries of a reward from 1: each is written once.
  number integer not null,
  minor bigint not null check (minor <> 0),
  currency text not null,
  reason text not null,
  created_at timestamptz not null default now(),
  constraint reward_entry_once unique (reward_id, number)
);
create index reward_entry_participant on reward_entry (program_id, participant_id, currency);
create trigger reward_entry_append_only before update or delete on reward_entry
  for each row execute function refuse_change();

create table payout_batch (
  id uuid primary key,
  program_id uuid not null references program,
  currency text not null,
  minimum_minor bigint not null,
  state text not null default 'draft' check (state in ('draft', 'approved', 'completed', 'cancelled')),
  created_at timestamptz not null default now(),
  approved_at timestamptz,
  completed_at timestamptz
);
create index payout_batch_program on payout_batch (program_id, id desc);

create table payout (
  id uuid primary key,
  batch_id uuid not null references payout_batch,
  program_id uuid not null,
  participant_id uuid not null references participant,
  minor bigint not null check (minor > 0),
  currency text not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'paid', 'failed', 'cancelled')),
  attempts integer not null default 0,
  -- Nobody else sends it before this instant.
  leased_until timestamptz not null default '-infinity',
  reference text,
  error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint payout_once unique (batch_id, participant_id)
);
create index payout_due on payout (leased_until) where state in ('pending', 'sending');
create index payout_participant on payout (program_id, participant_id);

create table payout_transition (
  id bigint generated always as identity primary key,
  payout_id uuid not null references payout,
  from_state text,
  to_state text not null,
  actor text not null,
  reason text not null,
  created_at timestamptz not null default now()
);
create trigger payout_transition_append_only before update or delete on payout_transition
  for each row execute function refuse_change();

-- Which entries a payout pays: each entry in one payout at a time.
create table payout_entry (
  entry_id bigint primary key references reward_entry,
  payout_id uuid not null references payout
);
create index payout_entry_payout on payout_entry (payout_id);

-- Events of other systems that were taken in, so that each has its effect once.
create table inbound_event (
  source text not null,
  id text not null,
  kind text not null,
  received_at timestamptz not null default now(),
  primary key (source, id)
);

-- When a referral qualified (its first conversion that stands), and whether the checks let it pass: milestones and tiers
-- count by these.
alter table referral
  add column qualified_at timestamptz,
  add column cleared boolean not null default false;
create index referral_qualified on referral (program_id, referrer_id, qualified_at, id, cleared) where qualified_at is not null;

-- The conversions of one referral are found among those of its referrer; few are kept without one.
drop index conversion_referrer;
create index conversion_referrer on conversion (program_id, referrer_id, referral_id) where referrer_id is not null;
create index conversion_uncredited on conversion (referral_id) where referral_id is not null and referrer_id is null;
`;
