import type { ReferralState } from '../db/tables.ts';
import { isOf } from './conditions.ts';
import type { ReferralFacts } from './facts.ts';
import { addDays, nextAfter } from './time.ts';

/** What the facts of a referral come to. */
export interface FoldedReferral {
  state: ReferralState;
  /** When the first conversion that counts and stands happened; `null`: there is none, or the referral is rejected. */
  qualifiedAt: Date | null;
  /** Qualified, and the checks let it pass. */
  cleared: boolean;
  /** When time alone changes the state next. */
  nextAt: Date | null;
}

/** The state of a referral at an instant, from its facts alone. */
export function foldReferral(facts: ReferralFacts, now: Date): FoldedReferral {
  const { settledElsewhere, conversions } = facts;
  if (settledElsewhere === null) return foldHere(facts, now);
  // What qualified it does not count again, so it is no step towards anything.
  const idle = { state: settledElsewhere, qualifiedAt: null, cleared: false, nextAt: null };
  return conversions.length === 0 ? idle : { ...foldHere(facts, now), qualifiedAt: null };
}

function foldHere({ program, createdAt, verdicts, conversions }: ReferralFacts, now: Date): FoldedReferral {
  const verdict = verdicts.referrer;
  if (verdict === 'reject') return { state: 'rejected', qualifiedAt: null, cleared: false, nextAt: null };
  const qualifying = conversions.filter(({ event }) => isOf(program.qualifyingEvents, event));
  const qualifiedAt = qualifying.find(({ reversed }) => !reversed)?.at ?? null;
  if (qualifiedAt) {
    const cleared = verdict === 'pass';
    const until = addDays(qualifiedAt, program.holdDays);
    const state = cleared && now >= until ? 'approved' : 'qualified';
    return { state, qualifiedAt, cleared, nextAt: cleared ? nextAfter(now, [until]) : null };
  }
  const { creditWindowDays } = program;
  const credited = creditWindowDays === null ? null : addDays(createdAt, creditWindowDays);
  if (qualifying.length > 0) return { state: 'reversed', qualifiedAt, cleared: false, nextAt: null };
  const state = credited && now >= credited ? 'expired' : 'pending';
  return { state, qualifiedAt, cleared: false, nextAt: nextAfter(now, [credited]) };
}
