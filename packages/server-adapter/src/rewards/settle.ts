import type { SettlementStep } from '../settlement/settler.ts';
import { type Look, writeDueTimes } from './due-times.ts';
import { keepLimits } from './limits.ts';
import { readFacts } from './read-facts.ts';
import { readRules } from './read-rules.ts';
import { foldReferral } from './referral-state.ts';
import { writeReferralStates } from './referral-transitions.ts';
import { settleContestPoints } from './rejected-points.ts';
import { settleEarned } from './settle-earned.ts';

/** How long after a referral left the good states it is looked at again, for conversions that were under way meanwhile. */
const secondLookMilliseconds = 60_000;

/**
 * Settles referrals: their states, the contest points of rejected ones, and everything earned by the rules of their
 * programmes. What the facts come to is compared with what is stored, so doing it again changes nothing.
 */
export const settleRewards: SettlementStep = async (batch) => {
  const { database } = batch;
  const { now, referrals } = await readFacts(database, batch.referrals, batch.now);
  const folded = referrals.map((referral) => ({ referral, next: foldReferral(referral.facts, now) }));
  const moved = await writeReferralStates(batch, folded);
  await settleContestPoints(batch, folded);
  const programIds = [...new Set(referrals.map(({ facts }) => facts.program.id))];
  await keepLimits(database, programIds);
  const rules = await readRules(database, programIds);
  const looks = rules.length > 0 ? await settleEarned(batch, folded, rules, now) : [];
  const after = new Date(now.getTime() + secondLookMilliseconds);
  const secondLooks = moved
    .filter(({ next }) => next.state === 'rejected' || next.state === 'reversed' || next.state === 'expired')
    .map(({ referral }): Look => [referral.facts.id, after]);
  // Whatever settles a referral before its second look does not stand for it, unless it asks for another.
  const kept = referrals.flatMap(({ facts, settleAt }): Look[] =>
    settleAt && settleAt <= after ? [[facts.id, settleAt]] : [],
  );
  await writeDueTimes(database, folded, now, [...looks, ...new Map([...kept, ...secondLooks])]);
};
