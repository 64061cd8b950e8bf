import type { ReviewSide } from '../db/risk-tables.ts';

/** What checks and reviewers say of a referral: `wait` for the first check, `hold` for a review. */
export type Verdict = 'wait' | 'hold' | 'pass' | 'reject';

/** SQL for the state of one side of a review. */
export const sideState = (side: ReviewSide, review = 'review'): string =>
  `coalesce(${review}.${side}_state, ${review}.state)`;

/**
 * SQL for the verdict of one side of a referral: a review's decision comes first, then the latest assessment. Without either a referral
 * waits, unless its programme checks nothing.
 * @param referral - SQL of the referral's id
 * @param mode - SQL of the programme's `risk_mode`
 * @param side - whose; the referral's own is the referrer's
 */
export const verdictOf = (schema: string, referral: string, mode: string, side: ReviewSide) => `coalesce(
  (select case ${sideState(side)} when 'open' then 'hold' when 'approved' then 'pass' else 'reject' end
    from ${schema}.review where review.referral_id = ${referral}),
  (select decision from ${schema}.risk_assessment where risk_assessment.referral_id = ${referral} order by id desc limit 1),
  case ${mode} when 'off' then 'pass' else 'wait' end)`;
