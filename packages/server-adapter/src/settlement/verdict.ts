/**
 * SQL for the verdict on a referral: `wait` (not looked at yet), `pass`, `hold` or `reject`. What a review came to stands before
 * what the last assessment did; whoever appeals is rejected until it is decided again.
 * @param referral - the alias of a row of `referral`
 */
export const verdictOf = (schema: string, referral: string): string => `coalesce(
  (select case state when 'open' then 'hold' when 'approved' then 'pass' else 'reject' end
    from ${schema}.review where review.referral_id = ${referral}.id),
  (select decision from ${schema}.risk_assessment where risk_assessment.referral_id = ${referral}.id
    order by risk_assessment.id desc limit 1),
  'wait')`;
