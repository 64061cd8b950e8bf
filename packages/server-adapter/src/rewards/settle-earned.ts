import { uuidv7 } from 'uuidv7';
import type { SettlementBatch } from '../settlement/settler.ts';
import { capDrafts } from './cap-drafts.ts';
import { type Draft, draftRewards, fullMinorOf, isStanding } from './draft.ts';
import { type Look, settleAgain } from './due-times.ts';
import { earnedOf } from './earned-of.ts';
import type { Rule } from './facts.ts';
import { finish } from './finish.ts';
import { openContests } from './open-contests.ts';
import { accountKey } from './progress.ts';
import { readRewards, type StoredReward } from './read-rewards.ts';
import type { Folded } from './referral-transitions.ts';
import { type Asking, supplyDrafts } from './supply-drafts.ts';
import { writeRewards } from './write-rewards.ts';

/** Settles what referrals earned by these rules; answers when referrals are to be looked at again because of it. */
export async function settleEarned(
  batch: SettlementBatch,
  folded: readonly Folded[],
  rules: readonly Rule[],
  now: Date,
): Promise<Look[]> {
  const { database } = batch;
  const { earned, looks, again, accounts } = await earnedOf(database, folded, rules);
  const stored = await storedOf(batch, folded, rules, accounts);
  const contests = await openContests(database, rules);
  const factsById = new Map(folded.map(({ referral: { facts } }) => [facts.id, facts]));
  const isRejected = ({ referralId, participantId }: StoredReward) => {
    const facts = factsById.get(referralId ?? '');
    return facts?.verdicts[participantId === facts.refereeId ? 'referee' : 'referrer'] === 'reject';
  };
  const drafts = draftRewards(earned, stored, { now, contests, isRejected, newId: uuidv7 });

  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  const zones = new Map(folded.map(({ referral: { facts } }) => [facts.program.id, facts.program.timeZone]));
  const capped = await capDrafts(database, drafts, ruleById, (programId) => zones.get(programId) ?? 'UTC');
  const allowed = new Map([...capped.allowed, ...capped.shrunk.map((each) => [each.stored.id, each.allowed] as const)]);
  const all = [...drafts, ...capped.shrunk.map(shrunkDraft)];
  const supplied = await supplyDrafts(
    database,
    all.map((draft) => askingOf(draft, allowed.get(draft.id) ?? 0, now)),
  );
  const finished = all.flatMap((draft) => {
    const ruleId = ruleIdOf(draft);
    const findings = {
      allowed: allowed.get(draft.id) ?? 0,
      share: supplied.shares.get(draft.id) ?? null,
      limited: supplied.limited.has(ruleId),
    };
    return finish(draft, ruleById.get(ruleId)?.programId ?? '', findings) ?? [];
  });
  const { emit, tell } = batch;
  await writeRewards({ database, now, contests, actor: 'system', emit, tell }, finished);
  const uncertain = capped.shrunk.flatMap(
    ({ stored: { state, referralId } }) => (state === 'waiting' && referralId) || [],
  );
  await settleAgain(database, [...again, ...capped.freed, ...supplied.next, ...uncertain]);
  return [...looks, ...all.flatMap((draft) => lookAfterLease(draft, folded, now))];
}

/** The stored rewards that these facts decide about. */
async function storedOf(
  { database }: SettlementBatch,
  folded: readonly Folded[],
  rules: readonly Rule[],
  accounts: ReadonlySet<string>,
): Promise<StoredReward[]> {
  const byMilestone = rules.filter(({ versions }) => versions.some(({ definition }) => definition.on === 'milestone'));
  const stored = await readRewards(
    database,
    folded.map(({ referral }) => referral.facts.id),
    byMilestone.map(({ id }) => id),
    byMilestone.length > 0 ? [...new Set(folded.map(({ referral }) => referral.facts.referrerId))] : [],
  );
  return stored.filter(
    ({ referralId, programId, participantId }) =>
      referralId !== null || accounts.has(accountKey(programId, participantId)),
  );
}

const ruleIdOf = ({ earned, stored }: Draft) => earned?.ruleId ?? stored?.ruleId ?? '';

/** A reward of another referral, as it was but for what caps leave of it. One that waited is settled again by itself. */
const shrunkDraft = ({ stored }: { stored: StoredReward }): Draft => ({
  id: stored.id,
  stored,
  earned: null,
  base: stored.state === 'approved' || stored.state === 'fulfilled' ? 'approved' : 'held',
  reason: 'cap reached',
});

/** Whether the host may be handing it out at this moment: what is taken back meanwhile keeps its share until that is known. */
const isUnderWay = ({ stored }: Draft, now: Date): boolean =>
  stored?.supplied === true && stored.state !== 'fulfilled' && stored.leasedUntil > now;

/** When a referral is looked at again because a reward that was taken back may have its share to give back. */
function lookAfterLease(draft: Draft, folded: readonly Folded[], now: Date): Look[] {
  const { stored, base } = draft;
  if (!stored || isStanding(base) || !isUnderWay(draft, now)) return [];
  const ofSamePerson = folded.find(({ referral: { facts } }) => facts.referrerId === stored.participantId);
  const referral = stored.referralId ?? ofSamePerson?.referral.facts.id;
  return referral === undefined ? [] : [[referral, stored.leasedUntil]];
}

const askingOf = (draft: Draft, allowed: number, now: Date): Asking => ({
  id: draft.id,
  ruleId: ruleIdOf(draft),
  earnedAt: (draft.earned ?? draft.stored)?.earnedAt ?? new Date(0),
  minor: fullMinorOf(draft) === null ? 0 : allowed,
  wants: (isStanding(draft.base) && allowed > 0) || isUnderWay(draft, now),
  has: draft.stored?.supplied ?? false,
  hasMinor: draft.stored?.budgetMinor ?? 0,
  gone: draft.stored?.state === 'fulfilled',
});
