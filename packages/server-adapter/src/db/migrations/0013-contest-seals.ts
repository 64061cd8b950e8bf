/** Seals: the ledger of each contest as a chain of hashes, kept at the end of each stretch that was looked through. */
export const contestSeals = `
create table contest_seal (
  contest_id uuid not null references contest,
  -- The ledger row up to which the hash goes. Of one row there is one hash, whoever made the stretch before it.
  seq bigint not null check (seq >= 0),
  hash text not null,
  sealed_at timestamptz not null default now(),
  primary key (contest_id, seq)
);
create trigger contest_seal_append_only before update or delete on contest_seal
  for each row execute function refuse_change();
`;
