import type { Decision } from './modes.ts';

/** A referral of the past as a rule set judges it, and what people had decided. */
export interface Replayed {
  decision: Decision;
  codes: readonly string[];
  /** What a reviewer decided last; `null`: nobody did. */
  reviewed: 'approved' | 'rejected' | null;
}

/** What a rule set would have done, and how well that agrees with reviewers. */
export interface Replay {
  referrals: number;
  passed: number;
  held: number;
  rejected: number;
  precision: number | null;
  recall: number | null;
  reviewed: number;
  bySignal: { code: string; referrals: number; reviewed: number; precision: number | null }[];
}

const share = (some: number, all: number): number | null => (all === 0 ? null : some / all);

/** How many of these reviewers rejected, of those they decided. */
const precisionOf = (items: readonly Replayed[]) =>
  share(
    items.filter(({ reviewed }) => reviewed === 'rejected').length,
    items.filter(({ reviewed }) => reviewed !== null).length,
  );

/** Sums up what a rule set would have done of the past. Signals that were found most come first. */
export function summarise(items: readonly Replayed[]): Replay {
  const count = (decision: Decision) => items.filter((item) => item.decision === decision).length;
  const stopped = items.filter(({ decision }) => decision !== 'pass');
  const refused = items.filter(({ reviewed }) => reviewed === 'rejected');
  const codes = [...new Set(items.flatMap((item) => item.codes))];
  const bySignal = codes.map((code) => {
    const some = items.filter((item) => item.codes.includes(code));
    const reviewed = some.filter((item) => item.reviewed !== null).length;
    return { code, referrals: some.length, reviewed, precision: precisionOf(some) };
  });
  return {
    referrals: items.length,
    passed: count('pass'),
    held: count('hold'),
    rejected: count('reject'),
    precision: precisionOf(stopped),
    recall: share(refused.filter(({ decision }) => decision !== 'pass').length, refused.length),
    reviewed: items.filter(({ reviewed }) => reviewed !== null).length,
    bySignal: bySignal.sort((a, b) => b.referrals - a.referrals || (a.code < b.code ? -1 : 1)),
  };
}
