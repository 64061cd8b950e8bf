/** Who left a programme, and every yes and no to taking part. */
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
`;
