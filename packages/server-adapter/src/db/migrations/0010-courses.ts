/**
 * Courses: curricula in immutable versions, enrolments pinned to them, and progress as append-only events with states that
 * are folded from them.
 */
export const courses = `
create table course (
  id uuid primary key,
  slug text not null constraint course_slug_once unique,
  name text not null,
  description text,
  language text not null,
  tags text[] not null default '{}',
  image_url text,
  time_zone text not null,
  drip_zone text not null check (drip_zone in ('course', 'learner')),
  sequential boolean not null,
  starts_at timestamptz,
  ends_at timestamptz,
  access text not null check (access in ('open', 'invited')),
  price_minor bigint check (price_minor >= 0),
  currency text,
  seats integer check (seats > 0),
  -- Kept by the trigger enrolment_seat, and by nothing else.
  seats_taken integer not null default 0 check (seats_taken >= 0),
  waiting_list boolean not null,
  listed boolean not null,
  program_id uuid references program,
  state text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  -- The one that new learners get.
  version integer,
  draft jsonb not null default '[]',
  draft_revision integer not null default 0,
  draft_at timestamptz not null default now(),
  -- Of the name, the description, the tags and the titles of the published version.
  search tsvector not null default '',
  -- Of the published version, for the catalogue.
  lessons integer not null default 0,
  minutes integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((price_minor is null) = (currency is null)),
  check (state = 'draft' or version is not null)
);
create index course_search on course using gin (search);
create index course_catalogue on course (created_at desc, id desc) where listed and state = 'published';

create table course_version (
  course_id uuid not null references course,
  version integer not null check (version > 0),
  nodes jsonb not null,
  -- As it was then: what opens one lesson after another belongs to the version.
  sequential boolean not null,
  lessons integer not null,
  note text,
  actor text not null,
  published_at timestamptz not null default now(),
  -- The transaction that wrote it: whoever is in it sees a version that may yet never have been.
  written_by xid8 not null default pg_current_xact_id(),
  primary key (course_id, version)
);
create trigger course_version_append_only before update or delete on course_version
  for each row execute function refuse_change();

create table course_cohort (
  id uuid primary key,
  course_id uuid not null references course,
  slug text not null,
  name text not null,
  starts_at timestamptz,
  ends_at timestamptz,
  opens_at timestamptz,
  closes_at timestamptz,
  seats integer check (seats > 0),
  seats_taken integer not null default 0 check (seats_taken >= 0),
  created_at timestamptz not null default now(),
  constraint course_cohort_slug_once unique (course_id, slug)
);

create table enrolment (
  id uuid primary key,
  course_id uuid not null references course,
  participant_id uuid not null references participant,
  cohort_id uuid references course_cohort,
  state text not null check (state in ('waiting', 'unpaid', 'active', 'cancelled')),
  -- The place in the line, for those who wait or have waited: the lowest goes first.
  waiting_since bigint,
  pay_by timestamptz,
  price_minor bigint,
  currency text,
  version integer not null,
  -- All it was ever pinned to: what was done by the rules of one of them stays done.
  versions integer[] not null,
  time_zone text not null,
  -- In the units of the version and cohort (see curriculum/weigh.ts); total 0 counts as nothing done.
  earned bigint not null default 0,
  total bigint not null default 0,
  completed_at timestamptz,
  last_lesson text,
  last_active_at timestamptz,
  -- Of changes of progress.
  seq bigint not null default 0,
  suspect boolean not null default false,
  -- Of video, claimed by its events, every event by itself.
  media_ms bigint not null default 0,
  -- The start of learning: since when drips count.
  enrolled_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint enrolment_once unique (course_id, participant_id),
  check (0 <= earned and earned <= total)
);
create sequence enrolment_line;
create index enrolment_participant on enrolment (participant_id, created_at desc, id desc);
create index enrolment_seats on enrolment (course_id, cohort_id, state);
create index enrolment_waiting on enrolment (course_id, cohort_id, waiting_since) where state = 'waiting';
create index enrolment_unpaid on enrolment (pay_by) where state = 'unpaid';
create index enrolment_active on enrolment (course_id, coalesce(last_active_at, timestamptz 'epoch') desc, id desc);

-- Seats are taken by who learns and by who has still to pay; how many, the database itself keeps count of. Whoever changes
-- an enrolment so that it changes holds the course's row already (enrolments/desk.ts): nobody waits in a circle.
create function add_seats(of_course uuid, of_cohort uuid, more integer) returns void
language plpgsql set search_path from current as $body$
begin
  update course set seats_taken = seats_taken + more where id = of_course;
  if of_cohort is not null then
    update course_cohort set seats_taken = seats_taken + more where id = of_cohort;
  end if;
end
$body$;
create function count_seats() returns trigger language plpgsql set search_path from current as $body$
declare
  sign integer := case tg_op when 'INSERT' then 1 else -1 end;
begin
  perform add_seats(course_id, cohort_id, sign * count(*)::integer) from changed
  where state in ('unpaid', 'active') group by course_id, cohort_id;
  return null;
end
$body$;
create function move_seat() returns trigger language plpgsql set search_path from current as $body$
begin
  if old.state in ('unpaid', 'active') then perform add_seats(old.course_id, old.cohort_id, -1); end if;
  if new.state in ('unpaid', 'active') then perform add_seats(new.course_id, new.cohort_id, 1); end if;
  return null;
end
$body$;
create trigger enrolment_seats_taken after insert on enrolment
  referencing new table as changed for each statement execute function count_seats();
create trigger enrolment_seats_freed after delete on enrolment
  referencing old table as changed for each statement execute function count_seats();
-- By the row, and asked only of what changes a seat: most updates are of progress.
create trigger enrolment_seat_moved after update of course_id, cohort_id, state on enrolment for each row
  when ((old.state in ('unpaid', 'active')) <> (new.state in ('unpaid', 'active'))
    or (old.course_id, old.cohort_id) is distinct from (new.course_id, new.cohort_id)) execute function move_seat();

-- What became of an enrolment, and by whom.
create table enrolment_step (
  id bigint generated always as identity,
  enrolment_id uuid not null,
  from_state text,
  to_state text not null,
  from_version integer,
  to_version integer not null,
  cohort_id uuid,
  actor text not null,
  reason text,
  created_at timestamptz not null default now(),
  primary key (enrolment_id, id)
);
create trigger enrolment_step_append_only before update or delete on enrolment_step
  for each row execute function refuse_change();

create table course_payment (
  -- Of Stripe's session, or the host's own reference.
  reference text primary key,
  enrolment_id uuid not null references enrolment,
  source text not null check (source in ('stripe', 'host')),
  payment text,
  url text,
  expires_at timestamptz,
  -- It only moves on in this order: what is told late or twice changes nothing.
  state text not null default 'open' check (state in ('open', 'pending', 'expired', 'paid', 'refunded')),
  -- Of a session that Stripe is asked to close: when it is asked next.
  close_at timestamptz,
  amount_minor bigint,
  currency text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index course_payment_enrolment on course_payment (enrolment_id);
create index course_payment_open on course_payment (expires_at) where state = 'open' and source = 'stripe';
create index course_payment_payment on course_payment (payment) where payment is not null;

-- Payments whose money went back in full, by Stripe's id of the payment or the charge: it may be told before the payment is.
create table course_refund (
  payment text primary key,
  created_at timestamptz not null default now()
);

-- No foreign keys on what is written all the time: the enrolment's row is locked by whoever writes.
create table progress_event (
  enrolment_id uuid not null,
  -- Made by the client (UUIDv7): once, however often it is sent.
  id uuid not null,
  lesson text not null,
  -- As in the contract, and 'credited': what a new version counted as done.
  kind text not null,
  -- The device's clock, never later than its arrival.
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  time_zone text not null,
  day date not null,
  device text,
  -- In front of the learner, by the device's clock.
  spent tstzrange,
  -- Milliseconds of the video's time.
  watched int4multirange,
  rate integer,
  position_ms integer,
  score integer,
  name text,
  suspect boolean not null default false,
  actor text not null,
  primary key (enrolment_id, id)
);
create index progress_event_watched on progress_event (lesson, enrolment_id) where watched is not null;
create trigger progress_event_append_only before update or delete on progress_event
  for each row execute function refuse_change();

-- Folds of the events of a lesson: every column merges in any order, and repetition changes nothing.
create table lesson_state (
  enrolment_id uuid not null,
  lesson text not null,
  viewed_at timestamptz,
  spent tstzmultirange not null default '{}',
  watched int4multirange not null default '{}',
  -- The position of the latest event, the id decides between two of one instant.
  position_ms integer,
  position_at timestamptz,
  position_id uuid,
  score integer,
  submitted_at timestamptz,
  checked_at timestamptz,
  signed_off_at timestamptz,
  credited_at timestamptz,
  -- Names of what happened, each once, sorted.
  happened text[] not null default '{}',
  first_at timestamptz not null,
  last_at timestamptz not null,
  suspect boolean not null default false,
  completed_at timestamptz,
  -- With these the index alone says who began and finished what, and when.
  primary key (enrolment_id, lesson) include (first_at, completed_at)
);

-- What is earned in each unit, in the units of the version and cohort the enrolment is pinned to.
create table unit_state (
  enrolment_id uuid not null,
  unit text not null,
  earned bigint not null check (earned >= 0),
  completed_at timestamptz,
  primary key (enrolment_id, unit)
);

-- The local days on which somebody learnt, in any course.
create table learning_day (
  participant_id uuid not null,
  day date not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (participant_id, day)
);

create table streak_freeze (
  participant_id uuid not null references participant,
  idempotency_key text not null,
  -- They save days from this one on.
  day date not null,
  freezes integer not null check (freezes > 0),
  actor text not null,
  created_at timestamptz not null default now(),
  constraint streak_freeze_once primary key (participant_id, idempotency_key)
);
create trigger streak_freeze_append_only before update or delete on streak_freeze
  for each row execute function refuse_change();
`;
