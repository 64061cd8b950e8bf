/** What comes in from Stripe and from other products: facts of sales, imports and their rows, and what was settled elsewhere. */
export const transfers = `
-- What a row earned was settled by the product it came from: no reward, check or point follows from it here.
alter table referral add column settled_elsewhere boolean not null default false;
alter table conversion add column settled_elsewhere boolean not null default false;

-- Rewards that another product paid, as history. Nothing ever pays them.
create table past_reward (
  program_id uuid not null references program,
  key text not null,
  participant_id uuid not null references participant,
  minor bigint not null check (minor > 0),
  currency text not null,
  source text not null,
  paid_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (program_id, key)
);
create index past_reward_participant on past_reward (program_id, participant_id);
create trigger past_reward_append_only before update or delete on past_reward
  for each row execute function refuse_change();

create table import_run (
  id uuid primary key,
  program_id uuid not null references program,
  source text not null,
  shape text not null,
  -- Field of ours → names of the columns that hold it.
  columns jsonb not null,
  fingerprint text not null,
  state text not null default 'open' check (state in ('open', 'applying', 'done')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint import_run_once unique (program_id, fingerprint)
);

create table import_row (
  run_id uuid not null references import_run,
  line integer not null,
  -- What the line says, until it is done: it may name people.
  entry jsonb,
  stage smallint not null default 0,
  state text not null check (state in ('waiting', 'done', 'refused')),
  reason text,
  participants smallint not null default 0,
  codes smallint not null default 0,
  referrals smallint not null default 0,
  conversions smallint not null default 0,
  past_rewards smallint not null default 0,
  unpaid_minor bigint,
  unpaid_currency text,
  primary key (run_id, line)
);
create index import_row_waiting on import_row (run_id, stage, line) where state = 'waiting';
create index import_row_reason on import_row (run_id, line) where reason is not null;

-- Who is who: the id of a person in another product.
create table import_identity (
  program_id uuid not null,
  source text not null,
  foreign_id text not null,
  participant_id uuid not null references participant,
  primary key (program_id, source, foreign_id)
);

create table stripe_customer (
  program_id uuid not null,
  customer text not null,
  participant_id uuid not null references participant,
  primary key (program_id, customer)
);

-- A checkout without an invoice, or an invoice, that was paid. Its conversion is the last of its versions.
create table stripe_sale (
  program_id uuid not null references program,
  object text not null,
  event text not null,
  customer text,
  participant_id uuid references participant,
  minor bigint not null check (minor > 0),
  currency text not null,
  metadata jsonb not null,
  occurred_at timestamptz not null,
  version integer not null default 0,
  -- The conversion in force, and its amount.
  conversion_id uuid,
  conversion_minor bigint,
  primary key (program_id, object)
);
create index stripe_sale_customer on stripe_sale (program_id, customer) where participant_id is null;

-- Which payments (PaymentIntents, charges) paid for which sale.
create table stripe_payment (
  program_id uuid not null,
  payment text not null,
  object text not null,
  primary key (program_id, payment, object)
);
create index stripe_payment_object on stripe_payment (program_id, object);

-- What was taken back: refunds of a charge, or a dispute.
create table stripe_return (
  program_id uuid not null,
  object text not null,
  charge text,
  payment_intent text,
  minor bigint not null check (minor >= 0),
  -- A dispute that is still open may be won.
  final boolean not null,
  primary key (program_id, object)
);
create index stripe_return_charge on stripe_return (program_id, charge);
create index stripe_return_intent on stripe_return (program_id, payment_intent);
`;
