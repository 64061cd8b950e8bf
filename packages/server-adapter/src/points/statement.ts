import { participantIdOf } from '../db/references.ts';
import { fillIntake } from '../ledger/intake.ts';
import { boardsReached, sequencePoints, tellSelves } from '../ledger/sequence.ts';

/** What the host's own points are called in the ledger, by their key. */
export const awardCause = (key: string) => `'award:' || ${key}`;

/**
 * One statement that awards any number of points, each exactly once by the ledger's `(contest_id, cause)`.
 *
 * Parameters: arrays `$1…$7` (contest, contest id, participant, participant id, points or null, key, event or null), `$8` the
 * instant or null for the database's, `$9` the notification channel or null (see `Telling`). Where there are no points the
 * contest's rule for the event says them. Answers a row for each, in order: what was found, whether the contest is live, how many
 * points are asked for, and to whom and how many points the key has given, now or before.
 *
 * With `numbered` the points are numbered and added up at once. Without it (inside a host's transaction) they wait in the
 * intake for the sequencer.
 */
export const awardPoints = (schema: string, { numbered }: { numbered: boolean }) => `with
input as (
  select * from unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::text[], $7::text[]) with ordinality
  as each(contest, contest_id, participant, participant_id, points, key, event, ord)
),
known_contest as (
  select asked.contest, found.* from (select distinct contest, contest_id from input) asked
  cross join lateral (
    select id, slug, program_id, scoring, state = 'scheduled' and starts_at <= coalesce($8::timestamptz, now())
      and coalesce($8::timestamptz, now()) < ends_at as live
    from ${schema}.contest where slug = asked.contest or contest.id = asked.contest_id limit 1
  ) found
),
resolved as (
  select input.ord, input.key, coalesce(input.points, rule.points) as points, ${awardCause('input.key')} as cause, known_contest.id as contest_id,
    known_contest.slug, known_contest.program_id, known_contest.live, who.participant_id,
    earlier.participant_id as earlier_participant_id, earlier.points as earlier_points, earlier.occurred_at as earlier_at
  from input
  left join known_contest on known_contest.contest = input.contest
  left join lateral (
    select (each.rule ->> 'points')::bigint as points
    from jsonb_array_elements(known_contest.scoring) with ordinality each(rule, position)
    where each.rule ->> 'event' = input.event order by each.position limit 1
  ) rule on input.event is not null
  cross join lateral (
    select ${participantIdOf(schema, 'input.participant', 'input.participant_id')} as participant_id offset 0
  ) who
  left join lateral (
    select participant_id, points, occurred_at from ${schema}.ledger
    where contest_id = known_contest.id and cause = ${awardCause('input.key')}
    union all
    select participant_id, points, occurred_at from ${schema}.ledger_intake
    where contest_id = known_contest.id and cause = ${awardCause('input.key')}
    limit 1
  ) earlier on true
),
points as (
  select distinct on (contest_id, cause) ord, contest_id, participant_id, points, cause, key, program_id,
    coalesce($8::timestamptz, now()) as occurred_at
  from resolved
  where live and participant_id is not null and points is not null and earlier_at is null
  order by contest_id, cause, ord
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'points.awarded', jsonb_build_object('contest', contest_id, 'participant', participant_id, 'points', points,
    'idempotencyKey', key) from points
),
${numbered ? sequencePoints(schema) : fillIntake(schema, '$9')},
${tellSelves('points', 'exists (select from points)', '$9', numbered ? [boardsReached] : [])}
select slug as contest, live, participant_id as "participantId", points::text,
  coalesce(earlier_participant_id, first_value(participant_id) over same_key) as "givenTo",
  coalesce(earlier_points, first_value(points) over same_key)::text as "givenPoints",
  coalesce(earlier_at, case when live then coalesce($8::timestamptz, now()) end) as "awardedAt",
  earlier_at is null and live and participant_id is not null and points is not null
    and row_number() over same_key = 1 as fresh,
  case when ord = 1 and (select count(*) from signalled)${numbered ? '' : ' + (select count(*) from notified)'} >= 0
    then (select message from told) end as told
from resolved
window same_key as (partition by contest_id, cause order by participant_id is null or points is null, ord)
order by ord`;
