/**
 * Common table expression that leaves referrals of which something changed to the settler, in the statement of the change.
 * @param source - a relation with `program_id, referral_id`; it may repeat a referral
 */
export const fillReferralIntake = (schema: string, source: string) => `
to_settle as (
  insert into ${schema}.referral_intake (program_id, referral_id)
  select distinct program_id, referral_id from ${source} where referral_id is not null
  returning referral_id
)`;

/** SQL for the part of a message that says that referrals wait for the settler; needs `to_settle`. */
export const referralsWait = `case when exists (select from to_settle) then '{"referrals":true}'::jsonb else '{}'::jsonb end`;
