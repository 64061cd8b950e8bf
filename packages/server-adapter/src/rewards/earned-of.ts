import type { Database } from '../db/database.ts';
import type { Look } from './due-times.ts';
import { type Earned, earnedBy } from './earned.ts';
import type { ReferralFacts, Rule } from './facts.ts';
import { milestonesReached } from './milestones.ts';
import { type AccountProgress, accountKey, readProgress, shiftedAcross, shiftsOf, thresholdsOf } from './progress.ts';
import type { Folded } from './referral-transitions.ts';

/** Everything that follows from the facts of a batch, before caps and supply. */
export interface EarnedOfBatch {
  readonly earned: readonly Earned[];
  /** When holds end. */
  readonly looks: Look[];
  /** Referrals outside the batch that another tier counts for now. */
  readonly again: readonly string[];
  /** Accounts whose milestones are among what was earned. */
  readonly accounts: ReadonlySet<string>;
}

/** Finds out what referrals, and the numbers of referrals of their referrers, earned. */
export async function earnedOf(
  database: Database,
  folded: readonly Folded[],
  rules: readonly Rule[],
): Promise<EarnedOfBatch> {
  const byProgram = Map.groupBy(rules, ({ programId }) => programId);
  const rulesOf = ({ program }: ReferralFacts) => byProgram.get(program.id) ?? [];
  const progress = await readProgress(database, folded, (programId) => byProgram.get(programId) ?? []);
  const shifts = shiftsOf(folded);
  const inBatch = new Set(folded.map(({ referral }) => referral.facts.id));
  const perReferral = folded.map(({ referral: { facts } }) => {
    const position = progress.get(keyOf(facts))?.positions.get(facts.id) ?? null;
    const earned = earnedBy(facts, rulesOf(facts), position);
    return {
      earned,
      looks: earned.flatMap(({ cleared, heldUntil }): Look[] => (cleared ? [[facts.id, heldUntil]] : [])),
    };
  });
  const oneOfEach = new Map(folded.map(({ referral: { facts } }) => [keyOf(facts), facts]));
  const perAccount = [...progress].flatMap(([key, account]) => {
    const facts = oneOfEach.get(key);
    if (!facts) return [];
    const shifted = shiftedAcross(thresholdsOf(rulesOf(facts)), shifts.get(key) ?? 0, account);
    return [{ ...milestonesOf(facts, account, rulesOf(facts)), again: shifted.filter((id) => !inBatch.has(id)) }];
  });
  return {
    earned: [...perReferral, ...perAccount].flatMap(({ earned }) => earned),
    looks: [...perReferral, ...perAccount].flatMap(({ looks }) => looks),
    again: perAccount.flatMap(({ again }) => again),
    accounts: new Set(progress.keys()),
  };
}

const keyOf = ({ program, referrerId }: ReferralFacts) => accountKey(program.id, referrerId);

/** Milestones of an account; the referral that reached one is looked at again when its hold ends. */
function milestonesOf({ program, referrerId }: ReferralFacts, account: AccountProgress, rules: readonly Rule[]) {
  const at = new Map([...account.ranked].map(([position, each]) => [position, each.at]));
  const { reached, cleared, ranked } = account;
  const earned = milestonesReached({ program, participantId: referrerId, reached, cleared, at }, rules);
  const looks = earned.flatMap(({ cause, heldUntil }): Look[] => {
    const id = ranked.get(Number(cause.slice('milestone:'.length)))?.id;
    return id ? [[id, heldUntil]] : [];
  });
  return { earned, looks };
}
