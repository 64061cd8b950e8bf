import { creditedPoints } from '../ledger/credits.ts';
import { fillIntake } from '../ledger/intake.ts';
import { sequencePoints } from '../ledger/sequence.ts';

/**
 * One statement that records any number of conversions, each exactly once.
 *
 * Parameters: arrays `$1…$11` (id, program, program id, participant, participant id, event, minor, currency, key,
 * fingerprint, metadata), `$12` the instant or null for the database's, `$13` the notification channel.
 * Answers a row (`ord` from 1) for each: what was found, and the conversion as stored, `fresh` when this call stored it.
 * A row without `id` whose programme and participant exist met a concurrent writer of the same key: look it up again.
 *
 * With `numbered` the points are numbered and added up at once. Without it (inside a host's transaction, which must not
 * hold a contest's row) they wait in the intake for the sequencer.
 */
export const recordConversions = (schema: string, { numbered }: { numbered: boolean }) => `with
input as (
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::bigint[], $8::text[],
    $9::text[], $10::text[], $11::text[]) with ordinality
  as each(id, program, program_id, participant, participant_id, event, minor, currency, key, fingerprint, metadata, ord)
),
resolved as (
  select input.ord, input.id, input.event, input.minor, input.currency, input.key, input.fingerprint,
    input.metadata::jsonb as metadata, coalesce($12::timestamptz, now()) as at,
    program.id as program_id, program.slug as program, program.archived_at is not null as archived,
    coalesce(named.id, known.id) as participant_id, referral.id as referral_id, referral.referrer_id
  from input
  left join ${schema}.program on program.slug = input.program or program.id = input.program_id
  left join ${schema}.participant named on named.external_id = input.participant
  left join ${schema}.participant known on known.id = input.participant_id
  left join ${schema}.referral on referral.program_id = program.id
    and referral.referee_id = coalesce(named.id, known.id)
    and referral.state in ('pending', 'qualified', 'approved')
    and (program.credit_window_days is null
      or coalesce($12::timestamptz, now()) < referral.created_at + make_interval(days => program.credit_window_days))
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
qualified as (
  update ${schema}.referral set state = 'qualified'
  where id in (select referral_id from inserted) and state = 'pending'
  returning id, program_id, referrer_id, referee_id
),
transitions as (
  insert into ${schema}.referral_transition (referral_id, from_state, to_state, actor, reason)
  select id, 'pending', 'qualified', 'system', 'conversion' from qualified
),
credits as (
  select resolved.ord, inserted.program_id, inserted.referrer_id as participant_id, inserted.event,
    'conversion:' || inserted.id as cause, inserted.created_at as occurred_at
  from inserted join resolved on resolved.id = inserted.id
  where inserted.referrer_id is not null
    -- Referrals are locked before contests, in every statement that needs both.
    and (select count(*) from qualified) >= 0
),
points as (${creditedPoints(schema, 'credits')}),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'conversion.recorded', jsonb_build_object('conversion', id, 'program', program_id, 'participant', participant_id,
    'referrer', referrer_id, 'event', event, 'amount', case when currency is null then null
    else jsonb_build_object('minor', amount_minor, 'currency', currency) end) from inserted
  union all
  select 'referral.qualified', jsonb_build_object('referral', id, 'program', program_id, 'referrer', referrer_id,
    'referee', referee_id) from qualified
),
signalled as (
  select pg_notify($13, jsonb_build_object('outbox', true, 'selves', case when count(distinct referrer_id) > 50
    then '"all"'::jsonb
    else coalesce(jsonb_agg(distinct jsonb_build_array(program_id, referrer_id)) filter (where referrer_id is not null), '[]')
    end)::text)
  from inserted having count(*) > 0
),
${numbered ? sequencePoints(schema, '$13') : fillIntake(schema, '$13')}
select resolved.ord, resolved.program_id is not null as "programKnown", resolved.archived,
  resolved.participant_id as "participantId", resolved.program, stored.*, stored.id = resolved.id as fresh,
  (select count(*) from signalled) + (select count(*) from notified) as notifications
from resolved
left join (
  select * from inserted
  union all
  select conversion.* from ${schema}.conversion
  where (program_id, idempotency_key) in (select program_id, key from resolved)
) stored on stored.program_id = resolved.program_id and stored.idempotency_key = resolved.key
order by resolved.ord`;
