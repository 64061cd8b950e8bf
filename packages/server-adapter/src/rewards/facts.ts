import type { RewardDefinition } from '../db/reward-tables.ts';
import type { ReviewSide } from '../db/risk-tables.ts';
import type { ReferralState } from '../db/tables.ts';
import type { Verdict } from '../settlement/verdict.ts';

/** What a conversion was, as far as rewards go by it. */
export interface ConversionFact {
  readonly id: string;
  readonly event: string;
  /** Minor units; `null` when the host gave no amount. */
  readonly minor: number | null;
  readonly currency: string | null;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly at: Date;
  readonly reversed: boolean;
}

/** How a programme judges its referrals. */
export interface ProgramFacts {
  readonly id: string;
  /** Events that qualify a referral; none: any. */
  readonly qualifyingEvents: readonly string[];
  readonly holdDays: number;
  readonly creditWindowDays: number | null;
  readonly timeZone: string;
}

/**
 * All that is known of a referral; `conversions` are in the order in which they happened, without those that another product
 * has settled.
 */
export interface ReferralFacts {
  readonly id: string;
  readonly program: ProgramFacts;
  readonly referrerId: string;
  readonly refereeId: string;
  readonly createdAt: Date;
  /** For each side; the referral itself goes with the referrer's. */
  readonly verdicts: Readonly<Record<ReviewSide, Verdict>>;
  /** The state of a referral that came from another product and earned there what it could; `null` for any other. */
  readonly settledElsewhere: ReferralState | null;
  readonly conversions: readonly ConversionFact[];
}

/** What a rule said from an instant on. */
export interface RuleVersion {
  readonly version: number;
  readonly from: Date;
  /** `false` from when the rule was archived. */
  readonly active: boolean;
  readonly definition: RewardDefinition;
}

/** A rule with everything it ever said, first to last. */
export interface Rule {
  readonly id: string;
  readonly programId: string;
  readonly versions: readonly RuleVersion[];
}

/** The version in force at an instant; `null` before the rule and while it was archived. */
export function versionAt(rule: Rule, at: Date): RuleVersion | null {
  const found = rule.versions.findLast(({ from }) => from <= at);
  return found?.active ? found : null;
}
