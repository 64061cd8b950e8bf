/** Referrals that could not be settled wait by themselves, so that they hold nobody up. */
export const referrals = `
create table settlement_failure (
  referral_id uuid primary key,
  attempts integer not null default 1 check (attempts > 0),
  error text not null,
  first_failed_at timestamptz not null,
  next_try_at timestamptz not null
);
`;
