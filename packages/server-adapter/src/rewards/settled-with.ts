/** SQL: the referral whose settlement also settles a reward; null for the prize of somebody who referred nobody. */
export const settledWith = (schema: string, reward: string) => `coalesce(${reward}.referral_id, (
  select id from ${schema}.referral where program_id = ${reward}.program_id and referrer_id = ${reward}.participant_id limit 1))`;
