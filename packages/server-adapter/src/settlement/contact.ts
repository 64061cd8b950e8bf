import type { Database } from '../db/database.ts';
import { emailDomain, emailKey } from './email.ts';
import { fillReferralIntake, referralsWait } from './referral-intake.ts';

/** Of how many of those a participant referred last the checks are made again when their address changes. */
const mostLookedAtAgain = 200;

/**
 * Parameters: participant, address or null, its key, its domain, instant or null, channel. Where another address follows one,
 * the domain before is kept. Referrals in which the participant takes part are looked at again.
 */
const statement = (schema: string) => `with
before as (select email, email_domain from ${schema}.participant_contact where participant_id = $1),
stored as (
  insert into ${schema}.participant_contact (participant_id, email, email_key, email_domain, updated_at)
  select $1, $2, $3, $4, coalesce($5::timestamptz, now()) where $2::text is not null
  on conflict (participant_id) do update set email = excluded.email, email_key = excluded.email_key,
    email_domain = excluded.email_domain, updated_at = excluded.updated_at,
    confirmed_at = case when participant_contact.email_key = excluded.email_key then participant_contact.confirmed_at end
  where participant_contact.email <> excluded.email
  returning participant_id
),
removed as (
  delete from ${schema}.participant_contact where participant_id = $1 and $2::text is null returning participant_id
),
former as (
  insert into ${schema}.participant_former_domain (participant_id, domain, created_at)
  select $1, email_domain, coalesce($5::timestamptz, now()) from before where email_domain <> $4::text
  on conflict do nothing
),
changed as (
  select program_id, referral_id from (
    (select referral.program_id, referral.id as referral_id from ${schema}.program
      join ${schema}.referral on referral.program_id = program.id and referral.referee_id = $1)
    union all
    (select referral.program_id, referral.id from ${schema}.program
      join ${schema}.referral on referral.program_id = program.id and referral.referrer_id = $1
      order by referral.id desc limit ${mostLookedAtAgain})
  ) each where exists (select from stored) or exists (select from removed)
),
${fillReferralIntake(schema, 'changed')}
select pg_notify($6, (${referralsWait})::text) from to_settle limit 1`;

/**
 * Keeps a participant's e-mail address, or removes it where it is `null`. Keeping the same again changes nothing. Call it where
 * the participant's row is locked, so that two changes at once follow one another.
 * @param key - derived for the purpose `person`
 */
export async function storeContact(
  { query, schema }: Database,
  participantId: string,
  email: string | null,
  { key, now, channel }: { key: Buffer; now: Date | null; channel: string },
): Promise<void> {
  const derived = email === null ? [null, null] : [emailKey(key, email), emailDomain(email)];
  await query(statement(schema), [participantId, email, ...derived, now, channel]);
}
