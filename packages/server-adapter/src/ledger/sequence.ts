import { longestNotification } from '../bus.ts';

/** SQL: whether a contest in the stored state `state` (SQL) has its ledger closed for good. */
export const isFrozen = (state: string) => `${state} in ('frozen', 'drawn', 'closed')`;

/**
 * The part of a statement that numbers points and adds them up: common table expressions over a relation `points`
 * (`ord, contest_id, participant_id, points, cause, occurred_at`).
 *
 * The contest's row gives the numbers, so they are gapless and in commit order; contests are locked in the order of
 * their ids; ledger and standing belong to one transaction. What the row says once it is locked decides: the ledger of a
 * contest that is frozen by then takes nothing more, and the points are kept in `ledger_late`.
 */
export const sequencePoints = (schema: string) => `
locked as (
  select id, seq, period, time_zone, ${isFrozen('state')} as frozen from ${schema}.contest
  where id in (select contest_id from points)
  order by id
  -- A host's open transaction that left points refers to the row: it must not keep the others waiting.
  for no key update
),
-- One join for all: each more of them has PostgreSQL plan the statement anew at every call.
met as (
  select points.*, locked.period, locked.time_zone, locked.frozen,
    locked.seq + row_number() over (partition by points.contest_id order by points.ord) as seq
  from points join locked on locked.id = points.contest_id
),
late as (
  insert into ${schema}.ledger_late (contest_id, participant_id, points, cause, occurred_at)
  select contest_id, participant_id, points, cause, occurred_at from met where frozen
  on conflict do nothing
),
numbered as (select * from met where not frozen),
last as (select contest_id, max(seq) as seq from numbered group by contest_id),
advanced as (
  update ${schema}.contest set seq = last.seq from last where contest.id = last.contest_id
),
written as (
  insert into ${schema}.ledger (contest_id, seq, participant_id, points, cause, occurred_at)
  select contest_id, seq, participant_id, points, cause, occurred_at from numbered
),
scored as (
  insert into ${schema}.standing as standing (contest_id, period_start, participant_id, score, seq)
  select contest_id, period_start, participant_id, sum(points), max(seq)
  from (
    select contest_id, '-infinity'::timestamptz as period_start, participant_id, points, seq from numbered
    union all
    select contest_id, ${periodStart('numbered.period', 'numbered.occurred_at', 'numbered.time_zone')}, participant_id, points, seq
    from numbered where period <> 'contest'
  ) each
  group by contest_id, period_start, participant_id
  order by contest_id, period_start, participant_id
  on conflict (contest_id, period_start, participant_id)
    do update set score = standing.score + excluded.score, seq = excluded.seq
)`;

/** SQL for the part of a message that says how far each contest got, where the points were numbered. */
export const boardsReached = `jsonb_build_object('boards', (select coalesce(jsonb_object_agg(contest_id, seq), '{}') from last))`;

/** Most participants a message names before it says "all". */
const mostSelves = 50;

/**
 * Common table expressions that tell whose own numbers changed, and that events wait: `told` holds the message, `signalled`
 * (to be read by the final `select`) sends it. It is one notification a statement: each costs the writer, and all who listen.
 * @param selves - a relation with `program_id, participant_id`
 * @param condition - SQL: whether there is anything to tell
 * @param more - SQL of objects whose members are told as well, such as `boardsReached`
 */
export const tellSelves = (selves: string, condition: string, channel: string, more: readonly string[] = []) => `
named_self as (select distinct program_id, participant_id from ${selves} limit ${mostSelves + 1}),
told as (
  select jsonb_build_object('outbox', true, 'selves', case when (select count(*) from named_self) > ${mostSelves}
    then '"all"'::jsonb
    else (select coalesce(jsonb_agg(jsonb_build_array(program_id, participant_id)), '[]') from named_self) end)${more
      .map((each) => ` || ${each}`)
      .join('')} as message
  where ${condition}
),
${signal('told', channel)}`;

/** A common table expression `signalled` (to be read by the final `select`) that sends the `message` of a relation. */
export const signal = (source: string, channel: string) => `
signalled as (
  select ${notify(
    channel,
    `case when octet_length(payload) <= ${longestNotification} then payload else '{"outbox":true,"missed":true}' end`,
  )}
  from (select message::text as payload from ${source}) each
)`;

/** SQL that tells other nodes within the transaction, unless the channel is null: then the caller tells by another way. */
export const notify = (channel: string, message: string) =>
  `case when ${channel}::text is not null then pg_notify(${channel}::text, ${message}) end`;

/** As `notify`, of several messages: a JSON array of texts. */
export const notifyEach = (channel: string, messages: string) =>
  `case when ${channel}::text is not null then (
    select count(pg_notify(${channel}::text, each)) from json_array_elements_text(${messages}::json) each
  ) end`;

/** SQL for the beginning of the day, week (Monday) or month that holds an instant, in a zone of its own. */
export function periodStart(period: string, at: string, zone: string): string {
  return `date_trunc(${period}, ${at} at time zone ${zone}) at time zone ${zone}`;
}
