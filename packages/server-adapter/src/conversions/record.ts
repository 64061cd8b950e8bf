import { participantIdOf } from '../db/references.ts';
import { creditedPoints } from '../ledger/credits.ts';
import { fillIntake } from '../ledger/intake.ts';
import { boardsReached, sequencePoints, tellSelves } from '../ledger/sequence.ts';
import { fillReferralIntake, referralsWait } from '../settlement/referral-intake.ts';

/**
 * Arrays of these types as parameters from `$1`, each behind a subquery: a planner that knew how many items came would find
 * one plan for each number of them, and plan anew at every call.
 */
const hidden = (types: string) =>
  types
    .split(' ')
    .map((type, index) => `(select $${index + 1}::${type}[])`)
    .join(', ');

/**
 * One statement that records any number of conversions, each exactly once.
 *
 * Parameters: arrays `$1…$11` (id, program, program id, participant, participant id, event, minor, currency, key,
 * fingerprint, metadata; null for nothing but nulls), `$12` the instant or null for the database's, `$13` the notification channel, null to be told by whoever
 * calls: `told` of the first row says what there is to tell.
 * Answers a row (`ord` from 1) for each: what was found, and either `createdAt` and `attributed` of the conversion this
 * call stored, or the one stored before as `older`. A row with neither whose programme and participant exist met a
 * concurrent writer of the same key: look it up again.
 *
 * Rows are looked up one by one through indexes (subqueries that the planner cannot turn into joins): what the planner
 * believes of the sizes of batch and tables must not matter.
 *
 * With `numbered` the points are numbered and added up at once. Without it (inside a host's transaction, which must not hold a contest's row) they wait in the intake for the sequencer.
 */
export const recordConversions = (schema: string, { numbered }: { numbered: boolean }) => {
  // A host's transaction may take long: what it saw of the referral may be old by the time it commits.
  const settles = numbered ? `known_program.settles_conversions or referral.state = 'rejected'` : 'true';
  return `with
input as (
  select * from unnest(${hidden('uuid text uuid text uuid text bigint text text text text')}) with ordinality
  as each(id, program, program_id, participant, participant_id, event, minor, currency, key, fingerprint, metadata, ord)
),
known_program as (
  select asked.program, found.id, found.slug, found.archived_at is not null as archived, found.credit_window_days,
    found.qualifying_events, found.settles_conversions
  from (select distinct program, program_id from input) asked
  cross join lateral (
    select * from ${schema}.program where slug = asked.program or program.id = asked.program_id limit 1
  ) found
),
resolved as (
  select input.ord, input.id, input.event, input.minor, input.currency, input.key, input.fingerprint,
    coalesce(input.metadata::jsonb, '{}') as metadata, coalesce($12::timestamptz, now()) as at,
    known_program.id as program_id, known_program.slug as program, known_program.archived,
    who.participant_id, referral.id as referral_id,
    -- A rejected referral earns nothing, but its conversions are kept with it: an appeal may bring them back.
    case when referral.state <> 'rejected' then referral.referrer_id end as referrer_id,
    referral.state, referral.state in ('pending', 'expired', 'reversed')
      and (known_program.qualifying_events = '{}' or input.event = any (known_program.qualifying_events)) as qualifies,
    ${settles} as settles
  from input
  left join known_program on known_program.program = input.program
  cross join lateral (
    select ${participantIdOf(schema, 'input.participant', 'input.participant_id')} as participant_id offset 0
  ) who
  left join lateral (
    select each.id, each.referrer_id, each.state from ${schema}.referral each
    where each.program_id = known_program.id and each.referee_id = who.participant_id
      and (known_program.credit_window_days is null
        or coalesce($12::timestamptz, now()) < each.created_at + make_interval(days => known_program.credit_window_days))
    limit 1
  ) referral on true
),
inserted as (
  insert into ${schema}.conversion (id, program_id, participant_id, referral_id, referrer_id, event, amount_minor, currency,
    idempotency_key, fingerprint, metadata, created_at)
  select distinct on (program_id, key) id, program_id, participant_id, referral_id, referrer_id, event, minor, currency,
    key, fingerprint, metadata, at
  from resolved
  where program_id is not null and participant_id is not null and not archived
  order by program_id, key, ord
  on conflict (program_id, idempotency_key) do nothing
  returning *
),
outcome as (select resolved.*, resolved.id in (select id from inserted) as fresh from resolved),
qualified as (
  update ${schema}.referral set state = 'qualified'
  where state in ('pending', 'expired', 'reversed') and id = any (array(select referral_id from outcome where fresh and qualifies))
  returning id, program_id, referrer_id, referee_id
),
transitions as (
  insert into ${schema}.referral_transition (program_id, referral_id, from_state, to_state, actor, reason)
  select distinct on (qualified.id) qualified.program_id, qualified.id, outcome.state, 'qualified', 'system', 'conversion'
  from qualified join outcome on outcome.referral_id = qualified.id and outcome.qualifies
),
credits as (
  select ord, program_id, referrer_id as participant_id, event, 'conversion:' || id as cause, at as occurred_at
  from outcome
  where fresh and referrer_id is not null
    -- Referrals are locked before contests, in every statement that needs both.
    and (select count(*) from qualified) >= 0
),
points as (${creditedPoints(schema, 'credits')}),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'conversion.recorded', jsonb_build_object('conversion', id, 'program', program_id, 'participant', participant_id,
    'referrer', referrer_id, 'event', event, 'amount', case when currency is null then null
    else jsonb_build_object('minor', minor, 'currency', currency) end) from outcome where fresh
  union all
  select 'referral.qualified', jsonb_build_object('referral', id, 'program', program_id, 'referrer', referrer_id,
    'referee', referee_id) from qualified
),
changed as (select program_id, referral_id from outcome where fresh and (qualifies or settles)),
${fillReferralIntake(schema, 'changed')},
self as (select program_id, referrer_id as participant_id from outcome where fresh and referrer_id is not null),
${numbered ? sequencePoints(schema) : fillIntake(schema, '$13')},
${tellSelves('self', 'exists (select from inserted)', '$13', [referralsWait, ...(numbered ? [boardsReached] : [])])}
select nullif(outcome.archived, false) as archived, outcome.participant_id as "participantId", outcome.program,
  case when outcome.fresh then outcome.at end as "createdAt",
  outcome.referrer_id is not null as attributed, older.row as older,
  case when outcome.ord = 1 and (select count(*) from signalled)${numbered ? '' : ' + (select count(*) from notified)'} >= 0
    then (select message from told) end as told
from outcome
left join lateral (
  select to_jsonb(conversion) as row from ${schema}.conversion
  where not outcome.fresh and program_id = outcome.program_id and idempotency_key = outcome.key
  union all
  select to_jsonb(twin) from inserted twin
  where not outcome.fresh and twin.program_id = outcome.program_id and twin.idempotency_key = outcome.key
  limit 1
) older on true
order by outcome.ord`;
};
