/** Endpoints that events are sent to, their secrets, and the log of what was sent. */
export const webhooks = `
create table webhook_endpoint (
  id uuid primary key,
  url text not null,
  description text,
  state text not null default 'enabled' check (state in ('enabled', 'disabled')),
  disabled_reason text check (disabled_reason in ('host', 'gone', 'failing')),
  -- The circuit: failures without a success in between, since when, and until when nothing is sent.
  failures integer not null default 0,
  failing_since timestamptz,
  paused_until timestamptz not null default '-infinity',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint webhook_endpoint_disabled check ((state = 'disabled') = (disabled_reason is not null))
);
create unique index webhook_endpoint_url on webhook_endpoint (url) where deleted_at is null;

-- What an endpoint wants and when it did: events of this name, or of all (*), in [since, until).
create table webhook_subscription (
  endpoint_id uuid not null references webhook_endpoint on delete cascade,
  name text not null,
  since timestamptz not null default now(),
  until timestamptz not null default 'infinity',
  -- Events of before have lower ids; where the outbox begins to look.
  after_id bigint not null default 0
);
create unique index webhook_subscription_current on webhook_subscription (endpoint_id, name) where until = 'infinity';

create table webhook_secret (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoint on delete cascade,
  sealed text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default 'infinity'
);
create index webhook_secret_endpoint on webhook_secret (endpoint_id);

create table webhook_delivery (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity,
  endpoint_id uuid not null,
  event_id bigint not null,
  event_created_at timestamptz not null,
  event_name text not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  -- Tries since it was made or replayed.
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  -- No other node sends it before this instant; what a crashed node was sending comes back by it.
  leased_until timestamptz not null default '-infinity',
  created_at timestamptz not null default now(),
  constraint webhook_delivery_once unique (endpoint_id, event_id)
);
create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at) where state = 'pending';
create index webhook_delivery_failed on webhook_delivery (endpoint_id, event_id) where state = 'failed';
create index webhook_delivery_number on webhook_delivery (number);

create table webhook_attempt (
  id bigint generated always as identity primary key,
  delivery_id uuid not null,
  status integer,
  duration_ms integer not null,
  error text,
  response text,
  created_at timestamptz not null default now()
);
create index webhook_attempt_delivery on webhook_attempt (delivery_id, id);
create trigger webhook_attempt_append_only before update on webhook_attempt
  for each row execute function refuse_change();

-- The outbox looks each name up by itself, so that events nobody wants yet are not read again and again.
drop index event_waiting;
create index event_waiting on event (name, id) where delivered_at is null;
`;
