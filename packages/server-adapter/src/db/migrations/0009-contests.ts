/**
 * Contests in full: settings, life cycle, official rules, entrants and what they do for points, teams, leagues, instant wins,
 * and the draw anyone can verify.
 */
export const contests = `
alter table contest
  drop constraint contest_state_check,
  -- live and frozen follow from the clock until the keeper has frozen the contest.
  add constraint contest_state_check check (state in ('draft', 'scheduled', 'paused', 'frozen', 'drawn', 'closed')),
  add column settings jsonb not null default '{"kind":"leaderboard","tiePolicy":"earliest","names":"shown","prizes":[],"actions":[],"mostEntries":null,"eligibility":{"countries":null,"minimumAge":null,"verifiedEmail":false},"draw":{"source":"drand","delaySeconds":300,"numbers":[]},"teamSize":null,"league":null,"instantWin":null,"claim":null,"rules":{"sponsor":null,"contact":null,"terms":null},"publishResults":"automatically"}',
  add column rules_version integer not null default 1;

-- Every step of a contest's life, once where it can only happen once.
create table contest_step (
  id bigint generated always as identity,
  contest_id uuid not null references contest,
  from_state text,
  to_state text not null,
  actor text not null,
  note text,
  created_at timestamptz not null default now(),
  primary key (contest_id, id)
);
create unique index contest_step_once on contest_step (contest_id, to_state) where to_state in ('frozen', 'drawn', 'closed');
create unique index contest_step_start on contest_step (contest_id) where from_state = 'scheduled' and to_state = 'live';
create trigger contest_step_append_only before update or delete on contest_step
  for each row execute function refuse_change();
insert into contest_step (contest_id, from_state, to_state, actor, created_at)
select id, null, case when state = 'draft' then 'draft' else 'scheduled' end, 'system', created_at from contest;
-- Those that have begun are not told as starting now.
insert into contest_step (contest_id, from_state, to_state, actor, created_at)
select id, 'scheduled', 'live', 'system', greatest(starts_at, created_at) from contest
where state <> 'draft' and starts_at <= now();
insert into contest_step (contest_id, from_state, to_state, actor, created_at)
select id, 'frozen', state, 'system', greatest(ends_at, updated_at) from contest where state in ('drawn', 'closed');

create table contest_rules (
  contest_id uuid not null references contest,
  version integer not null,
  document jsonb not null,
  hash text not null,
  created_at timestamptz not null default now(),
  primary key (contest_id, version)
);
create trigger contest_rules_append_only before update or delete on contest_rules
  for each row execute function refuse_change();

-- Who takes part knowingly: accepted the rules and confirmed what they ask.
create table contest_entrant (
  contest_id uuid not null references contest,
  participant_id uuid not null references participant,
  rules_version integer not null,
  country text,
  age_confirmed boolean not null,
  show_name boolean not null,
  joined_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (contest_id, participant_id)
);

-- Actions done, each once: part is the day of a daily one, the channel of a share, empty otherwise.
create table contest_action_done (
  contest_id uuid not null,
  action text not null,
  participant_id uuid not null,
  part text not null default '',
  points bigint not null,
  -- What was written into a form, sealed.
  detail text,
  done_at timestamptz not null default now(),
  primary key (contest_id, participant_id, action, part)
);
create index contest_action_forms on contest_action_done (contest_id, action, done_at, participant_id) where detail is not null;
-- Visits begun, and answers tried.
create table contest_action_try (
  contest_id uuid not null,
  action text not null,
  participant_id uuid not null,
  tries integer not null default 0,
  opened_at timestamptz not null default now(),
  retry_at timestamptz not null default '-infinity',
  primary key (contest_id, participant_id, action)
);

-- Points that came after the freeze: kept, shown, not counted.
create table ledger_late (
  contest_id uuid not null,
  participant_id uuid not null,
  points bigint not null,
  cause text not null,
  occurred_at timestamptz not null,
  arrived_at timestamptz not null default now(),
  primary key (contest_id, cause)
);
create trigger ledger_late_append_only before update or delete on ledger_late
  for each row execute function refuse_change();
create index ledger_time on ledger (contest_id, occurred_at);
-- Where a participant's own points came from.
create index ledger_participant on ledger (contest_id, participant_id);

create table contest_team (
  id uuid not null,
  contest_id uuid not null references contest,
  name text not null,
  name_key text not null,
  invite_code text not null,
  created_at timestamptz not null default now(),
  primary key (contest_id, id),
  unique (contest_id, name_key),
  unique (contest_id, invite_code)
);
create table contest_team_member (
  contest_id uuid not null,
  participant_id uuid not null references participant,
  team_id uuid not null,
  joined_at timestamptz not null default now(),
  primary key (contest_id, participant_id),
  foreign key (contest_id, team_id) references contest_team
);
create index contest_team_members on contest_team_member (contest_id, team_id);

-- Cohorts of a league: one row a participant and period. level 1 is the lowest division.
create table league_member (
  contest_id uuid not null,
  period_start timestamptz not null,
  participant_id uuid not null,
  level integer not null check (level > 0),
  cohort integer not null check (cohort > 0),
  outcome text check (outcome in ('promoted', 'stayed', 'demoted')),
  joined_at timestamptz not null default now(),
  primary key (contest_id, period_start, participant_id)
);
create index league_cohort on league_member (contest_id, period_start, level, cohort);
create table league_period (
  contest_id uuid not null,
  period_start timestamptz not null,
  settled_at timestamptz not null default now(),
  primary key (contest_id, period_start)
);

-- Instant wins: the seed is sealed until the end, its hash public before the first play.
create table instant_win (
  contest_id uuid primary key references contest,
  seed text not null,
  seed_hash text not null,
  plays bigint not null default 0
);
create table instant_stock (
  contest_id uuid not null references contest,
  prize integer not null,
  remaining bigint not null check (remaining >= 0),
  primary key (contest_id, prize)
);
create table instant_play (
  contest_id uuid not null,
  number bigint not null check (number > 0),
  participant_id uuid not null,
  -- The day in the contest's zone, and the how manieth of that day.
  day date not null,
  nth integer not null check (nth > 0),
  prize integer,
  played_at timestamptz not null default now(),
  primary key (contest_id, number),
  constraint instant_play_once unique (contest_id, participant_id, day, nth)
);
create trigger instant_play_append_only before update or delete on instant_play
  for each row execute function refuse_change();

create table contest_commitment (
  contest_id uuid not null references contest,
  version integer not null,
  -- The canonical bytes (RFC 8785) as text.
  document text not null,
  hash text not null,
  round bigint,
  committed_at timestamptz not null default now(),
  primary key (contest_id, version)
);
create trigger contest_commitment_append_only before update or delete on contest_commitment
  for each row execute function refuse_change();

create table contest_draw (
  contest_id uuid primary key references contest,
  commitment_version integer,
  frozen_at timestamptz not null,
  frozen_seq bigint not null,
  root text not null,
  entries bigint not null,
  tickets bigint not null,
  -- Of the beacon; null where no draw is needed, or numbers decide.
  round bigint,
  signature text,
  numbers jsonb,
  randomness text,
  drawn_at timestamptz,
  published_at timestamptz
);
create table contest_entry (
  contest_id uuid not null,
  -- By bytes, whatever the database's collation: the order of the tree's leaves.
  entry_id text collate "C" not null,
  participant_id uuid not null,
  weight bigint not null check (weight > 0),
  -- As the board had them at the freeze.
  score bigint not null,
  seq bigint not null,
  primary key (contest_id, entry_id),
  unique (contest_id, participant_id)
);
create trigger contest_entry_append_only before update or delete on contest_entry
  for each row execute function refuse_change();

-- The order the draw (or the board) came to: rank is shared where the tie policy shares prizes, else it is the ordinal.
create table contest_order (
  contest_id uuid not null,
  ordinal integer not null check (ordinal > 0),
  rank integer not null check (rank > 0),
  entry_id text not null,
  primary key (contest_id, ordinal),
  unique (contest_id, entry_id)
);
create trigger contest_order_append_only before update or delete on contest_order
  for each row execute function refuse_change();

create table contest_disqualification (
  contest_id uuid not null references contest,
  number integer not null check (number > 0),
  participant_id uuid not null,
  entry_id text not null,
  reason text not null,
  actor text not null,
  created_at timestamptz not null,
  previous_hash text not null,
  hash text not null,
  primary key (contest_id, number),
  constraint contest_disqualification_once unique (contest_id, participant_id)
);
create trigger contest_disqualification_append_only before update or delete on contest_disqualification
  for each row execute function refuse_change();

create table contest_winner (
  id uuid primary key,
  contest_id uuid not null references contest,
  -- The how manieth that was selected.
  number integer not null check (number > 0),
  place integer not null check (place > 0),
  -- Tells apart those who share a place.
  share integer not null default 1 check (share > 0),
  prize integer not null check (prize >= 0),
  entry_id text not null,
  participant_id uuid not null,
  state text not null default 'selected' check (state in ('selected', 'claimed', 'lapsed', 'disqualified')),
  claim_by timestamptz,
  claimed_at timestamptz,
  -- What was written into the claim form, sealed.
  claim text,
  replaces uuid references contest_winner,
  reason text,
  notified_at timestamptz,
  notify_attempts integer not null default 0,
  notify_leased_until timestamptz not null default '-infinity',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint contest_winner_once unique (contest_id, entry_id),
  unique (contest_id, number)
);
create unique index contest_winner_place on contest_winner (contest_id, place, share) where state in ('selected', 'claimed');
create index contest_winner_due on contest_winner (claim_by) where state = 'selected' and claim_by is not null;
create index contest_winner_unnotified on contest_winner (notify_leased_until) where notified_at is null;
-- A rule gives the prize of a place to one at a time: a substitute gets it when who had it has it no more.
create unique index reward_place_once on reward (rule_id, cause)
  where cause like 'contest:%' and state not in ('rejected', 'reversed', 'expired');
`;
