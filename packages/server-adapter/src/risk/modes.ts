import type { RiskMode } from '../db/risk-tables.ts';

/** What the checks come to. */
export type Decision = 'pass' | 'hold' | 'reject';

/** From which sum of weights a referral is held for review, and from which it is rejected until somebody says otherwise. */
export const thresholds: Readonly<Record<Exclude<RiskMode, 'off'>, { hold: number; reject: number }>> = {
  loose: { hold: 80, reject: 250 },
  normal: { hold: 50, reject: 150 },
  strict: { hold: 35, reject: 100 },
};

/** The decision that a sum of weights comes to. */
export function decisionOf(score: number, mode: RiskMode): Decision {
  if (mode === 'off') return 'pass';
  const { hold, reject } = thresholds[mode];
  return score >= reject ? 'reject' : score >= hold ? 'hold' : 'pass';
}
