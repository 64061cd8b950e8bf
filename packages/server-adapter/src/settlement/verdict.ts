/** What checks and reviewers say of a referral: `wait` for the first check, `hold` for a review. */
export type Verdict = 'wait' | 'hold' | 'pass' | 'reject';

/**
 * SQL for the verdict of a referral: a review's decision comes first, then the latest assessment. Without either a referral
 * waits, unless its programme checks nothing.
 * @param referral - SQL of the referral's id
 * @param mode - SQL of the programme's `risk_mode`
 */
export const verdictOf = (schema: string, referral: string, mode: string) => `coalesce(
  (select case state when 'open' then 'hold' when 'approved' then 'pass' else 'reject' end
    from ${schema}.review where review.referral_id = ${referral}),
  (select decision from ${schema}.risk_assessment where risk_assessment.referral_id = ${referral} order by id desc limit 1),
  case ${mode} when 'off' then 'pass' else 'wait' end)`;
