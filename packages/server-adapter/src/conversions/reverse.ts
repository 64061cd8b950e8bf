import type { Context } from '../context.ts';
import { fillIntake } from '../ledger/intake.ts';
import { fillReferralIntake, referralsWait } from '../settlement/referral-intake.ts';

/**
 * Parameters: conversion, reason, instant or null, channel. The guarded update lets one caller through; its points are
 * taken back where they were given, and belong to the same period. Of a frozen contest the sequencer keeps that as late.
 */
const statement = (schema: string) => `with
reversed as (
  update ${schema}.conversion set reversed_at = coalesce($3::timestamptz, now()), reversal_reason = $2
  where id = $1 and reversed_at is null
  returning *
),
given as (
  select contest_id, participant_id, points, cause, occurred_at from ${schema}.ledger
  where cause = 'conversion:' || $1::text and contest_id in (select id from ${schema}.contest where program_id in (select program_id from reversed))
  union all
  select contest_id, participant_id, points, cause, occurred_at from ${schema}.ledger_intake
  where cause = 'conversion:' || $1::text and contest_id in (select id from ${schema}.contest where program_id in (select program_id from reversed))
  union all
  select contest_id, participant_id, points, cause, occurred_at from ${schema}.ledger_late
  where cause = 'conversion:' || $1::text and contest_id in (select id from ${schema}.contest where program_id in (select program_id from reversed))
),
points as (
  select given.contest_id, given.participant_id, -given.points as points, given.cause || ':reversed' as cause, given.occurred_at
  from given
  -- They may have been taken back with the referral: then the settler brings them to what they should be.
  where not exists (select from ${schema}.referral_transition rejection join reversed on reversed.referral_id = rejection.referral_id
      where rejection.to_state = 'rejected')
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'conversion.reversed', jsonb_build_object('conversion', id, 'program', program_id, 'participant', participant_id,
    'referrer', referrer_id) from reversed
),
${fillReferralIntake(schema, 'reversed')},
signalled as (
  select pg_notify($4, (${referralsWait} || jsonb_build_object('outbox', true, 'selves', case when referrer_id is null then '[]'::jsonb
    else jsonb_build_array(jsonb_build_array(program_id, referrer_id)) end))::text)
  from reversed
),
${fillIntake(schema, '$4')}
select (select count(*) from signalled) + (select count(*) from notified) as notifications`;

/** Reverses a conversion. Reversing it again changes nothing. */
export async function reverseConversion(
  id: string,
  reason: string | null,
  { database, now }: Pick<Context, 'database' | 'now'>,
  channel: string,
): Promise<void> {
  await database.query(statement(database.schema), [id, reason, now, channel]);
}
