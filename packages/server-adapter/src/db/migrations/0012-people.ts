/** Who left a programme, every yes and no to taking part, names for staff alone, and means of payment, hashed. */
export const people = `
-- Whoever left has no code that leads anywhere; null: they take part.
alter table participation add column left_at timestamptz;

-- Append-only: what was agreed to, and when that was taken back.
create table consent_change (
  id bigint generated always as identity primary key,
  program_id uuid not null references program,
  participant_id uuid not null references participant,
  kind text not null check (kind in ('given', 'withdrawn')),
  -- The words agreed to; null: the host asked with words of its own.
  consent_text text,
  actor text not null,
  created_at timestamptz not null default now()
);
create index consent_change_participant on consent_change (program_id, participant_id, id);
insert into consent_change (program_id, participant_id, kind, consent_text, actor, created_at)
  select program_id, participant_id, 'given', consent_text, 'participant', consented_at from participation
  where consented_at is not null order by consented_at;
create trigger consent_change_append_only before update or delete on consent_change
  for each row execute function refuse_change();

-- A name that staff know somebody by. Never public.
create table participant_private (
  participant_id uuid primary key references participant,
  name text not null,
  updated_at timestamptz not null default now()
);

-- Beside address and device: a means of payment, such as a card.
alter table sighting
  drop constraint sighting_kind_check,
  add constraint sighting_kind_check check (kind in ('ip', 'device', 'payment'));

-- What paid, as Stripe's charges tell it, until it is known who that was.
create table stripe_means (
  program_id uuid not null,
  charge text not null,
  payment_intent text,
  value_hash text not null,
  expires_at timestamptz not null,
  primary key (program_id, charge)
);
create index stripe_means_intent on stripe_means (program_id, payment_intent);
create index stripe_means_expiry on stripe_means (expires_at);
`;
