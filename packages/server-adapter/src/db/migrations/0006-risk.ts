/** What made referrals look odd, who looked at them, and what they decided. */
export const risk = `
-- Of an address only what was concluded from it: whether a datacentre's, and which listed ranges it lies in.
alter table sighting
  add column datacentre boolean not null default false,
  add column listings uuid[] not null default '{}';

-- Domains that a participant's address had before: whose colleague somebody was.
create table participant_former_domain (
  participant_id uuid not null references participant,
  domain text not null,
  created_at timestamptz not null default now(),
  primary key (participant_id, domain)
);

-- Append-only: what was seen and concluded, each time it was looked at.
create table risk_assessment (
  id bigint generated always as identity primary key,
  program_id uuid not null,
  referral_id uuid not null,
  mode text not null,
  score integer not null,
  decision text not null check (decision in ('pass', 'hold', 'reject')),
  signals jsonb not null,
  created_at timestamptz not null default now()
);
create index risk_assessment_referral on risk_assessment (referral_id, id desc);
create trigger risk_assessment_append_only before update or delete on risk_assessment
  for each row execute function refuse_change();

create table review (
  id uuid primary key,
  program_id uuid not null references program,
  referral_id uuid not null,
  referrer_id uuid not null,
  referee_id uuid not null,
  state text not null check (state in ('open', 'approved', 'rejected', 'appealed')),
  score integer not null,
  mode text not null,
  signals jsonb not null,
  appeal text,
  opened_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint review_once unique (referral_id)
);
create index review_queue on review (program_id, state, id);
create index review_referrer on review (program_id, referrer_id, id);

create table review_event (
  id bigint generated always as identity primary key,
  review_id uuid not null references review,
  state text not null,
  actor text not null,
  reason text not null,
  created_at timestamptz not null default now()
);
create index review_event_review on review_event (review_id, id);
create trigger review_event_append_only before update or delete on review_event
  for each row execute function refuse_change();

create table risk_listing (
  id uuid primary key,
  program_id uuid references program,
  kind text not null check (kind in ('email', 'email_domain', 'ip', 'participant')),
  value text not null,
  hint text not null,
  reason text not null,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);
create unique index risk_listing_once on risk_listing (coalesce(program_id, '00000000-0000-0000-0000-000000000000'), kind, value)
  where removed_at is null;
create index risk_listing_value on risk_listing (kind, value) where removed_at is null;
create index review_waiting on review (id) where state in ('open', 'appealed');

-- What is asked of a referrer however many they brought: how many lately.
drop index referral_referrer;
create index referral_recent on referral (program_id, referrer_id, created_at);
`;
