import { createHmac } from 'node:crypto';
import { holdAlone } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';
import { fillReferralIntake, referralsWait } from './referral-intake.ts';
import type { SightingRules } from './sightings.ts';

/** Of how many others with the same means of payment the referrals are looked at again. */
const mostOthers = 50;

/** The keyed hash of a means of payment, by the host's stable reference of it. */
export const paymentKey = (key: Buffer, reference: string): string =>
  createHmac('sha256', key).update(`payment:${reference}`).digest('base64url');

/**
 * A statement that keeps who paid with what, and has referrals between people with the same means looked at again.
 * @param source - SQL of a relation with `participant_id, value_hash`; its parameters come after instant or null `$1`, days
 *   that it is kept `$2`, channel `$3`
 */
const statement = (schema: string, source: string) => `with
paid as (${source}),
seen as (
  insert into ${schema}.sighting as sighting (kind, value_hash, participant_id, seen_at, expires_at)
  select distinct 'payment', value_hash, participant_id, at, at + make_interval(days => $2)
  from paid cross join (select coalesce($1::timestamptz, now()) as at) clock
  on conflict (participant_id, kind, value_hash) where participant_id is not null
    do update set expires_at = greatest(sighting.expires_at, excluded.expires_at)
  returning participant_id, value_hash, seen_at
),
changed as (
  select referral.program_id, referral.id as referral_id
  from seen
  cross join lateral (
    select participant_id from ${schema}.sighting
    where kind = 'payment' and value_hash = seen.value_hash and participant_id <> seen.participant_id limit ${mostOthers}
  ) other
  cross join ${schema}.program
  join ${schema}.referral on referral.program_id = program.id
    and referral.referee_id in (seen.participant_id, other.participant_id)
    and referral.referrer_id in (seen.participant_id, other.participant_id)
),
${fillReferralIntake(schema, 'changed')}
select pg_notify($3, (${referralsWait})::text) from to_settle limit 1`;

/** How and when payments are kept. */
export interface PaymentRules extends Pick<SightingRules, 'keepDays'> {
  now: Date | null;
  channel: string;
}

/** Keeps that a participant paid with something, hashed (`paymentKey`), until it expires. Seeing it again keeps it longer. */
export async function keepPayment(
  database: Database,
  participantId: string,
  valueHash: string,
  rules: PaymentRules,
): Promise<void> {
  // Of two who pay with one thing in transactions that do not see each other, the second would look for the first in vain.
  await holdAlone(database, `payment:${valueHash}`);
  const one = 'select $4::uuid as participant_id, $5::text as value_hash';
  await keepPayments(database, one, [participantId, valueHash], rules);
}

/** The same for all rows of a relation, given as SQL whose parameters are `$4` and on. */
export async function keepPayments(
  { query, schema }: Database,
  source: string,
  values: readonly unknown[],
  { now, keepDays, channel }: PaymentRules,
): Promise<void> {
  await query(statement(schema, source), [now, keepDays, channel, ...values]);
}
