/**
 * Programmes in full: several codes for each participant, who joined and what they agreed to, how people can be written to,
 * and what a visitor left behind, hashed.
 */
export const programmes = `
alter table program
  add column legal_class text not null default 'reward' check (legal_class in ('reward', 'affiliate')),
  add column qualifying_events text[] not null default '{}',
  add column hold_days integer not null default 0 check (hold_days between 0 and 90),
  add column time_zone text not null default 'UTC',
  add column risk_mode text not null default 'normal' check (risk_mode in ('off', 'loose', 'normal', 'strict')),
  add column paid_ads_allowed boolean not null default true,
  add column referee_offer text,
  add column joining text not null default 'host' check (joining in ('host', 'open')),
  add column consent_text text,
  add column terms_url text,
  add column cookie_domain text,
  -- Whether a conversion of a referral that has qualified already may still change anything (a rule for each conversion).
  add column settles_conversions boolean not null default false;

-- A participant may have many codes in a programme; links show the primary one.
alter table referral_code
  drop constraint referral_code_pkey,
  add column kind text not null default 'generated' check (kind in ('generated', 'vanity', 'coupon', 'imported')),
  add column is_primary boolean not null default true;
create unique index referral_code_primary on referral_code (program_id, participant_id) where is_primary;
-- Codes that people read and type: two that look alike would be taken for each other. Codes of other products are as they were.
create unique index referral_code_lookalike on referral_code (translate(lower(code), '01i_', 'oll-')) where kind <> 'imported';
create index referral_code_participant on referral_code (program_id, participant_id);

create table participation (
  program_id uuid not null references program,
  participant_id uuid not null references participant,
  -- The name that invited people see; null: none.
  introduced_as text,
  consent_text text,
  consented_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (program_id, participant_id)
);

create table participant_contact (
  participant_id uuid primary key references participant,
  email text not null,
  -- Keyed hash of the address as one person's: how two spellings of one mailbox are told to be the same.
  email_key text not null,
  email_domain text not null,
  confirmed_at timestamptz,
  updated_at timestamptz not null default now()
);
create index participant_contact_key on participant_contact (email_key);
create index participant_contact_domain on participant_contact (email_domain);

-- Somebody asked to join and has not confirmed the address yet; the message that asks for it is sent from here. Of the token only
-- a hash is kept: it derives from the id and the installation's secret.
create table join_request (
  id uuid primary key,
  token_hash text not null unique,
  program_id uuid not null references program,
  email text not null,
  email_key text not null,
  display_name text,
  locale text not null,
  -- The page that the link of the message opens, without the token.
  return_to text not null,
  consent_text text not null,
  click_id uuid,
  referral_code text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  mailed_at timestamptz,
  mail_attempts integer not null default 0,
  -- Nobody else sends the message before this instant; a crashed node's comes back by it.
  mail_leased_until timestamptz not null default '-infinity'
);
create index join_request_email on join_request (email_key, created_at);
create index join_request_unsent on join_request (mail_leased_until) where mailed_at is null;
create index join_request_age on join_request (created_at);

-- What was seen of whom, as keyed hashes, until it expires. kind: ip (IPv6: its /64), device.
create table sighting (
  kind text not null check (kind in ('ip', 'device')),
  value_hash text not null,
  -- A participant, or a click whose visitor is not known by name yet.
  participant_id uuid,
  click_id uuid,
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check ((participant_id is null) <> (click_id is null))
);
create unique index sighting_participant on sighting (participant_id, kind, value_hash) where participant_id is not null;
create index sighting_click on sighting (click_id) where click_id is not null;
create index sighting_value on sighting (kind, value_hash, seen_at);
create index sighting_expiry on sighting (expires_at);

alter table referral
  drop constraint referral_attributed_by_check,
  add constraint referral_attributed_by_check check (attributed_by in ('code', 'click', 'coupon', 'import')),
  add column channel text,
  -- Whether the click that led here came with consent to cookies; null: there was no click.
  add column click_consent boolean,
  -- When time alone next changes something of it (a hold ends, the credit window does); null: never.
  add column settle_at timestamptz;
create index referral_due on referral (settle_at) where settle_at is not null;
create index referral_state on referral (program_id, state, created_at);

-- Referrals of which something changed, to be looked at again once that is committed.
create table referral_intake (
  id bigint generated always as identity primary key,
  program_id uuid not null,
  referral_id uuid not null
);
`;
