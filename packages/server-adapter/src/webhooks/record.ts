import type { Database } from '../db/database.ts';
import { circuitThreshold } from './lease.ts';
import type { Tried, Verdict } from './outcome.ts';

/** A try, what it came to, and how many there were before it. */
export interface Sent {
  deliveryId: string;
  attempts: number;
  tried: Tried;
  verdict: Verdict;
}

/** An endpoint that has only failed for longer than this is disabled: more than all tries of one delivery take. */
const longestFailing = `interval '5 days'`;

/** Pauses of an open circuit double from five seconds to five minutes. */
const circuitPause = `make_interval(secs => least(300, 5 * power(2, least(failures - ${circuitThreshold}, 10))))`;

/**
 * The statement that writes the log, moves deliveries on and keeps the health of their endpoints, all in one.
 *
 * Parameters: arrays `$1…$9` (delivery, tries before, outcome, pause, throttle, status, milliseconds, error, response) and
 * `$10`, the channel. A success counts whoever reports it; a failure only of the latest try, so that a node that was away
 * for longer than its lease does not undo what another has done since.
 */
export const recordSent = (schema: string) => `with
result as (
  select * from unnest($1::uuid[], $2::int[], $3::text[], $4::float8[], $5::float8[], $6::int[], $7::int[], $8::text[],
    $9::text[]) each (id, attempts, outcome, pause, throttle, status, duration_ms, error, response)
),
logged as (
  insert into ${schema}.webhook_attempt (delivery_id, status, duration_ms, error, response)
  select id, status, duration_ms, error, response from result
),
moved as (
  update ${schema}.webhook_delivery delivery set
    state = case when outcome = 'delivered' then 'delivered' when outcome = 'retry' then 'pending' else 'failed' end,
    attempts = delivery.attempts + 1,
    due_at = now() + make_interval(secs => pause),
    leased_until = '-infinity'
  from result
  where delivery.id = result.id and delivery.state = 'pending'
    and (outcome = 'delivered' or delivery.attempts = result.attempts)
  returning delivery.endpoint_id, outcome, throttle
),
news as (
  select endpoint_id, bool_or(outcome = 'delivered') as alive, bool_or(outcome = 'gone') as gone,
    count(*) filter (where outcome <> 'delivered')::int as failed, max(throttle) as throttle
  from moved group by endpoint_id
),
-- In the order of ids: two nodes may tell of the same endpoints at once. Those in good health are not touched.
locked as (
  select endpoint.id, alive, gone, throttle, paused_until,
    -- What was under way together opens the circuit, but does not make the first pause longer.
    case when alive then 0 else least(failures + failed, greatest(failures + 1, ${circuitThreshold})) end as failures,
    case when not alive then coalesce(failing_since, now()) end as failing_since
  from ${schema}.webhook_endpoint endpoint join news on news.endpoint_id = endpoint.id
  where endpoint.state = 'enabled' and (not alive or gone or throttle > 0 or failures > 0 or failing_since is not null)
  order by endpoint.id for no key update of endpoint
),
judged as (
  select id, failures, failing_since,
    case when gone then 'gone' when failing_since < now() - ${longestFailing} then 'failing' end as reason,
    greatest(paused_until, now() + make_interval(secs => throttle),
      case when failures >= ${circuitThreshold} then now() + ${circuitPause} end) as paused_until
  from locked
),
kept as (
  update ${schema}.webhook_endpoint endpoint set
    failures = judged.failures, failing_since = judged.failing_since, paused_until = judged.paused_until,
    state = case when reason is null then 'enabled' else 'disabled' end, disabled_reason = reason
  from judged where endpoint.id = judged.id
  returning endpoint.id, reason
),
disabled as (
  insert into ${schema}.event (name, payload)
  select 'webhook.disabled', jsonb_build_object('endpoint', id, 'reason', reason) from kept where reason is not null
  returning 1
)
select id as "endpointId", reason,
  (select pg_notify($10, '{"outbox":true,"webhooks":true}') from disabled limit 1)::text as notified
from kept where reason is not null`;

/** An endpoint that was just disabled. */
export interface Disabled {
  endpointId: string;
  reason: 'gone' | 'failing';
}

/** Writes what became of some tries; answers the endpoints that were disabled by it. */
export function writeSent(
  database: Database,
  statement: string,
  channel: string,
  items: readonly Sent[],
): Promise<Disabled[]> {
  const columns: ((item: Sent) => unknown)[] = [
    ({ deliveryId }) => deliveryId,
    ({ attempts }) => attempts,
    ({ verdict }) => verdict.outcome,
    ({ verdict }) => verdict.pause,
    ({ tried }) => tried.throttle,
    ({ tried }) => tried.status,
    ({ tried }) => tried.durationMs,
    ({ tried }) => tried.error,
    ({ tried }) => tried.response,
  ];
  return database.query<Disabled>(
    statement,
    [...columns.map((column) => items.map(column)), channel],
    'laurel_webhooks_sent',
  );
}
