/** Participants, programmes, referrals, conversions, contests, the points ledger, events, keys. */
export const foundation = `
create table participant (
  id uuid primary key,
  external_id text not null unique,
  display_name text,
  avatar_url text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table program (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  headline text,
  landing_url text not null,
  landing_origins text[] not null,
  attribution_model text not null check (attribution_model in ('first', 'last')),
  window_days integer not null check (window_days between 1 and 400),
  credit_window_days integer check (credit_window_days between 1 and 3650),
  url_parameters text[] not null,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table referral_code (
  program_id uuid not null references program,
  participant_id uuid not null references participant,
  code text not null,
  created_at timestamptz not null default now(),
  primary key (program_id, participant_id)
);
create unique index referral_code_code on referral_code (lower(code));

create table click (
  id uuid primary key,
  program_id uuid not null references program,
  referrer_id uuid not null references participant,
  channel text,
  landing_url text,
  consent boolean not null,
  created_at timestamptz not null default now()
);
create index click_referrer on click (program_id, referrer_id);

create table referral (
  id uuid primary key,
  program_id uuid not null references program,
  referrer_id uuid not null references participant,
  referee_id uuid not null references participant,
  click_id uuid references click,
  attributed_by text not null check (attributed_by in ('code', 'click')),
  state text not null default 'pending'
    check (state in ('pending', 'qualified', 'approved', 'rejected', 'expired', 'reversed')),
  created_at timestamptz not null default now(),
  constraint referral_not_self check (referrer_id <> referee_id),
  constraint referral_once unique (program_id, referee_id)
);
create index referral_referrer on referral (program_id, referrer_id);

create table referral_transition (
  id bigint generated always as identity primary key,
  referral_id uuid not null references referral,
  from_state text,
  to_state text not null,
  actor text not null,
  reason text not null,
  created_at timestamptz not null default now()
);
create index referral_transition_referral on referral_transition (referral_id, id);

create table conversion (
  id uuid primary key,
  program_id uuid not null references program,
  participant_id uuid not null references participant,
  referral_id uuid references referral,
  referrer_id uuid references participant,
  event text not null,
  amount_minor bigint check (amount_minor >= 0),
  currency text,
  idempotency_key text not null,
  fingerprint text not null,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  reversed_at timestamptz,
  reversal_reason text,
  constraint conversion_once unique (program_id, idempotency_key),
  constraint conversion_money check ((amount_minor is null) = (currency is null))
);
create index conversion_referrer on conversion (program_id, referrer_id) where referrer_id is not null;

create table contest (
  id uuid primary key,
  program_id uuid not null references program,
  slug text not null unique,
  name text not null,
  description text,
  state text not null check (state in ('draft', 'scheduled', 'drawn', 'closed')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  time_zone text not null,
  period text not null check (period in ('contest', 'day', 'week', 'month')),
  scoring jsonb not null,
  hide_until_end boolean not null,
  seq bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint contest_interval check (starts_at < ends_at)
);
create index contest_program on contest (program_id, starts_at);

-- The truth: append-only, one cause once, numbered without gaps in commit order for each contest.
create table ledger (
  contest_id uuid not null references contest,
  seq bigint not null check (seq > 0),
  participant_id uuid not null,
  points bigint not null,
  cause text not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (contest_id, seq),
  constraint ledger_cause_once unique (contest_id, cause)
);

-- Points written inside a host's own transaction, waiting to be numbered after it commits.
create table ledger_intake (
  id bigint generated always as identity primary key,
  contest_id uuid not null references contest,
  participant_id uuid not null,
  points bigint not null,
  cause text not null,
  occurred_at timestamptz not null,
  constraint ledger_intake_cause_once unique (contest_id, cause)
);

-- Derived from the ledger in its own transaction. period_start is -infinity for the whole contest.
create table standing (
  contest_id uuid not null references contest,
  period_start timestamptz not null,
  participant_id uuid not null,
  score bigint not null,
  seq bigint not null,
  primary key (contest_id, period_start, participant_id)
);
create index standing_order on standing (contest_id, period_start, score desc, seq);

create table event (
  id bigint generated always as identity primary key,
  name text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  -- Nobody else takes the event before this instant; a crashed node's events come back by it.
  leased_until timestamptz not null default '-infinity',
  attempts integer not null default 0,
  delivered_at timestamptz
);
create index event_waiting on event (leased_until) where delivered_at is null;

create table idempotency (
  scope text not null,
  key text not null,
  fingerprint text not null,
  status integer not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index idempotency_age on idempotency (created_at);

create table api_key (
  id uuid primary key,
  kind text not null check (kind in ('publishable', 'secret')),
  name text not null,
  hint text not null,
  hash text not null unique,
  origins text[] not null default '{}',
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

-- Truth is append-only: the database itself refuses to change it.
create function refuse_change() returns trigger language plpgsql as $body$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$body$;
create trigger ledger_append_only before update or delete on ledger
  for each row execute function refuse_change();
create trigger referral_transition_append_only before update or delete on referral_transition
  for each row execute function refuse_change();
create trigger click_append_only before update on click
  for each row execute function refuse_change();
`;
