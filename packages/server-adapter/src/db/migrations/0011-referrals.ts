/** Referrals that could not be settled wait by themselves, so that they hold nobody up; sales are given back in parts; sides are reviewed apart. */
export const referrals = `
create table settlement_failure (
  referral_id uuid primary key,
  attempts integer not null default 1 check (attempts > 0),
  error text not null,
  first_failed_at timestamptz not null,
  next_try_at timestamptz not null
);

-- A part of a sale that was given back. The conversion is the one recorded first; the rest is what was recorded instead, null
-- where nothing was.
create table conversion_refund (
  id bigint generated always as identity primary key,
  program_id uuid not null,
  conversion_id uuid not null,
  key text not null,
  minor bigint not null check (minor > 0),
  rest_id uuid constraint conversion_refund_rest unique,
  reason text,
  created_at timestamptz not null default now(),
  constraint conversion_refund_once unique (conversion_id, key)
);
-- How a side stands where the two differ; null: as the review does.
alter table review
  add column referrer_state text check (referrer_state in ('open', 'approved', 'rejected', 'appealed')),
  add column referee_state text check (referee_state in ('open', 'approved', 'rejected', 'appealed'));
-- Whom it was about; null: both.
alter table review_event add column side text check (side in ('referrer', 'referee'));

create trigger conversion_refund_append_only before update or delete on conversion_refund
  for each row execute function refuse_change();
`;
