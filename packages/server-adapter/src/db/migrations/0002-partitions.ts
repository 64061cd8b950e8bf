/**
 * Clicks and events by month, click counts that outlive the clicks, and primary keys that contain what a cluster would
 * distribute the table by.
 */
export const partitions = `
-- Nodes of the version before may still be writing.
lock table click, event, referral, referral_transition, conversion, ledger_intake in access exclusive mode;

create table click_count (
  program_id uuid not null,
  participant_id uuid not null,
  clicks bigint not null,
  primary key (program_id, participant_id)
);
insert into click_count (program_id, participant_id, clicks)
select program_id, referrer_id, count(*) from click group by program_id, referrer_id;

-- A referral outlives its click, which is let go with its month, and keeps the id of what is gone: no foreign key.
alter table referral drop constraint referral_click_id_fkey;

alter table click rename to click_whole;
create table click (
  id uuid not null,
  program_id uuid not null,
  referrer_id uuid not null,
  channel text,
  landing_url text,
  consent boolean not null,
  created_at timestamptz not null default now()
) partition by range (created_at);
create table click_default partition of click default;

alter table event rename to event_whole;
create sequence event_number;
select setval('event_number', last_value, is_called) from event_id_seq;
create table event (
  id bigint not null default nextval('event_number'),
  name text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  -- Nobody else takes the event before this instant; a crashed node's events come back by it.
  leased_until timestamptz not null default '-infinity',
  attempts integer not null default 0,
  delivered_at timestamptz
) partition by range (created_at);
create table event_default partition of event default;
alter sequence event_number owned by event.id;

-- Makes the partition of a month (UTC), and moves there what the default partition has of it.
create function make_month(parent text, month date) returns void
language plpgsql set search_path from current as $body$
declare
  home text := current_schema();
  child text := parent || to_char(month, '_YYYY_MM');
  first text := to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00';
  next text := to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00';
begin
  -- Nodes that come at the same time wait here, and find it made.
  perform pg_advisory_xact_lock(hashtext('laurel:months:' || home));
  if to_regclass(format('%I.%I', home, child)) is not null then
    return;
  end if;
  -- Attaching, other than creating in place, leaves the other partitions to readers and writers meanwhile.
  execute format('lock table %I.%I in access exclusive mode', home, parent || '_default');
  execute format('create table %I.%I (like %I.%I including defaults including constraints)', home, child, home, parent);
  execute format(
    'with moved as (delete from %I.%I where created_at >= %L and created_at < %L returning *) insert into %I.%I select * from moved',
    home, parent || '_default', first, next, home, child);
  execute format('alter table %I.%I attach partition %I.%I for values from (%L) to (%L)', home, parent, home, child, first, next);
end
$body$;

-- Runs with its owner's rights: an application that may not create tables has months made all the same.
create function make_months() returns void
language plpgsql security definer set search_path from current as $body$
declare
  this_month date := date_trunc('month', now() at time zone 'UTC');
begin
  for ahead in 0..3 loop
    perform make_month('click', (this_month + make_interval(months => ahead))::date);
    perform make_month('event', (this_month + make_interval(months => ahead))::date);
  end loop;
end
$body$;

-- Drops the partition of a month; answers false, and drops nothing, while an event of it may still be delivered.
create function drop_month(parent text, month date) returns boolean
language plpgsql security definer set search_path from current as $body$
declare
  child text := format('%I.%I', current_schema(), parent || to_char(month, '_YYYY_MM'));
  wanted boolean := false;
begin
  if parent = 'event' then
    execute format(
      $query$select exists (select from %s where delivered_at is null and created_at > now() - interval '30 days')$query$, child)
      into wanted;
  end if;
  if not wanted then
    -- Not detached first: that takes the same lock on the parent, and then more on what the foreign keys point to.
    execute format('drop table %s', child);
  end if;
  return not wanted;
end
$body$;
revoke execute on function make_month(text, date), drop_month(text, date) from public;

select make_month('click', month) from (
  select distinct date_trunc('month', created_at at time zone 'UTC')::date as month from click_whole where created_at < now()
) months order by month;
select make_month('event', month) from (
  select distinct date_trunc('month', created_at at time zone 'UTC')::date as month from event_whole where created_at < now()
) months order by month;
select make_months();

insert into click (id, program_id, referrer_id, channel, landing_url, consent, created_at)
select id, program_id, referrer_id, channel, landing_url, consent, created_at from click_whole;
insert into event (id, name, payload, created_at, leased_until, attempts, delivered_at)
select id, name, payload, created_at, leased_until, attempts, delivered_at from event_whole;
drop table click_whole, event_whole;

alter table click
  add primary key (program_id, id, created_at),
  add foreign key (program_id) references program,
  add foreign key (referrer_id) references participant;
create index click_referrer on click (program_id, referrer_id);
create trigger click_append_only before update on click
  for each row execute function refuse_change();
alter table event add primary key (id, created_at);
create index event_waiting on event (leased_until) where delivered_at is null;

-- Primary keys with the table's distribution key in them, the id first: rows are looked up by id alone.
alter table conversion drop constraint conversion_referral_id_fkey;
alter table referral_transition drop constraint referral_transition_referral_id_fkey;
alter table referral drop constraint referral_pkey, add primary key (id, program_id);
alter table conversion
  drop constraint conversion_pkey,
  add primary key (id, program_id),
  add foreign key (referral_id, program_id) references referral;
alter table referral_transition add column program_id uuid;
alter table referral_transition disable trigger referral_transition_append_only;
update referral_transition set program_id = referral.program_id from referral where referral.id = referral_id;
alter table referral_transition enable trigger referral_transition_append_only;
alter table referral_transition
  alter column program_id set not null,
  drop constraint referral_transition_pkey,
  add primary key (id, program_id),
  add foreign key (referral_id, program_id) references referral;
alter table ledger_intake drop constraint ledger_intake_pkey, add primary key (id, contest_id);
`;
