import { codeOwners, giveCodes } from './codes.ts';
import type { Entry, Person } from './entry.ts';
import { keepPaidRewards, keepSales } from './history.ts';
import { type Destination, findPeople, meetPeople } from './people.ts';
import { keepReferrals } from './referrals.ts';

/** How much a row made that was not there before. */
export interface Made {
  participants: number;
  codes: number;
  referrals: number;
  conversions: number;
  pastRewards: number;
}

/** What came of a step of a row: what it made, and what of it could not go in. */
export interface Outcome {
  made: Made;
  notes: string[];
}

/** One step of some rows, together. */
export type Step = (entries: readonly Entry[], destination: Destination) => Promise<Outcome[]>;

/** Steps of a row, each done for all rows before the next: a referrer may stand further down than whom they referred. */
export const steps: readonly Step[] = [people, referrers, facts];

const blank = (): Outcome => ({
  made: { participants: 0, codes: 0, referrals: 0, conversions: 0, pastRewards: 0 },
  notes: [],
});

async function people(entries: readonly Entry[], destination: Destination): Promise<Outcome[]> {
  const met = await meetPeople(
    entries.map(({ person }) => person),
    destination,
  );
  const outcomes = entries.map(({ notes }) => ({ ...blank(), notes: [...notes] }));
  const given = entries.flatMap(({ codes }, index) =>
    codes.map((code) => ({ index, participantId: met[index]?.id ?? '', code })),
  );
  const answers = await giveCodes(given, destination);
  for (const [index, each] of met.entries()) if (each?.isNew) count(outcomes, index, 'participants', 1);
  for (const [at, answer] of answers.entries()) count(outcomes, given[at]?.index, 'codes', answer);
  return outcomes;
}

/** Referrers who have no row of their own: a row says more of somebody than a mention. */
async function referrers(entries: readonly Entry[], destination: Destination): Promise<Outcome[]> {
  const met = await meetPeople(entries.map(namedReferrer), destination);
  return met.map((each) => {
    const outcome = blank();
    if (each?.isNew) outcome.made.participants = 1;
    return outcome;
  });
}

/** The referrer, where they are named by more than a code. */
function namedReferrer({ referrer }: Entry): Person | null {
  if (referrer === null) return null;
  return referrer.foreignId || referrer.externalId || referrer.email ? referrer : null;
}

async function facts(entries: readonly Entry[], destination: Destination): Promise<Outcome[]> {
  const own = await findPeople(
    entries.map(({ person }) => person),
    destination,
  );
  const named = await findPeople(entries.map(namedReferrer), destination);
  const owners = await codeOwners(
    entries.map(({ referrer }, index) => (named[index] ? null : (referrer?.code ?? null))),
    destination,
  );
  const outcomes = entries.map(blank);
  const rows = entries.map((entry, index) => ({
    ...entry,
    index,
    id: own[index] ?? null,
    other: named[index] ?? owners[index] ?? null,
  }));
  for (const { index, id, referrer, other } of rows) {
    if (id === null) outcomes[index]?.notes.push('the person is not here any more');
    if (referrer && other === null) outcomes[index]?.notes.push(`nobody has the code "${referrer.code}"`);
  }
  const edges = rows.flatMap(({ index, id, other, referral }) =>
    id && other && referral ? [{ index, referrer: other, referee: id, referral }] : [],
  );
  const kept = await keepReferrals(edges, destination);
  for (const [at, answer] of kept.entries()) count(outcomes, edges[at]?.index, 'referrals', answer);

  const sales = rows.flatMap(({ index, id, conversion }) =>
    id && conversion ? [{ index, participantId: id, conversion }] : [],
  );
  const recorded = sales.length > 0 ? await keepSales(sales, destination) : [];
  for (const [at, answer] of recorded.entries()) count(outcomes, sales[at]?.index, 'conversions', answer);

  const rewards = rows.flatMap(({ index, id, other, pastReward }) => {
    const participantId = pastReward?.to === 'own' ? id : other;
    if (pastReward && !participantId) outcomes[index]?.notes.push('the reward is nobody’s');
    return pastReward && participantId ? [{ index, participantId, reward: pastReward }] : [];
  });
  const paid = rewards.length > 0 ? await keepPaidRewards(rewards, destination) : [];
  for (const [at, answer] of paid.entries()) count(outcomes, rewards[at]?.index, 'pastRewards', answer);
  return outcomes;
}

/** Adds to what a row made, or to what is in its way. */
function count(outcomes: Outcome[], index: number | undefined, name: keyof Made, answer: number | string): void {
  const outcome = outcomes[index ?? -1];
  if (!outcome) return;
  if (typeof answer === 'string') outcome.notes.push(answer);
  else outcome.made[name] += answer;
}
