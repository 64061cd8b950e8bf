import { byTurn, type Candidate, hasCaps } from './caps.ts';
import { type Draft, fullMinorOf, isStanding } from './draft.ts';
import type { Rule } from './facts.ts';
import type { StoredReward } from './read-rewards.ts';

/** A place in the order in which caps are filled. */
export type Turn = Pick<Candidate, 'earnedAt' | 'cause'>;

/** The drafts of one participant by one capped rule. */
export interface CapGroup {
  readonly key: string;
  readonly rule: Rule;
  readonly participantId: string;
  readonly drafts: readonly Draft[];
  /** From which turn on caps are filled anew; `null`: nothing of the group is other than it was. */
  readonly from: Turn | null;
}

/** Sorts drafts of capped rules by whose they are. */
export function groupDrafts(drafts: readonly Draft[], rules: ReadonlyMap<string, Rule>): CapGroup[] {
  const isCapped = ({ versions }: Rule) => versions.some(({ definition }) => hasCaps(definition.caps));
  const capped = drafts.filter((draft) => {
    const rule = rules.get(ruleOf(draft));
    return rule !== undefined && isCapped(rule);
  });
  return [...Map.groupBy(capped, (draft) => `${ruleOf(draft)} ${participantOf(draft)}`)].flatMap(([key, own]) => {
    const [first] = own;
    const rule = first && rules.get(ruleOf(first));
    if (!rule) return [];
    const [from = null] = own.flatMap(turnsChanged).sort(byTurn);
    return [{ key, rule, participantId: participantOf(first), drafts: own, from }];
  });
}

const ruleOf = ({ earned, stored }: Draft) => earned?.ruleId ?? stored?.ruleId ?? '';
const participantOf = ({ earned, stored }: Draft) => earned?.participantId ?? stored?.participantId ?? '';

/** Where the order is other than it was because of a draft, or where a draft may yet get more. */
function turnsChanged(draft: Draft): Turn[] {
  const { stored, earned } = draft;
  if (!stored) return isStanding(draft.base) ? [turnOf(draft)] : [];
  // What a cancelled one left was not given to others when it was cancelled.
  if (stored.cancelledReason !== null) return [stored];
  const same =
    isStanding(stored.state) === isStanding(draft.base) &&
    stored.earnedAt.getTime() === (earned ?? stored).earnedAt.getTime() &&
    allowedBy(stored) === (isStanding(draft.base) ? (fullMinorOf(draft) ?? 1) : 0);
  return same ? [] : [turnOf(draft), stored];
}

/** A draft's own turn. */
export const turnOf = ({ earned, stored }: Draft): Turn => (earned ?? stored) as Turn;

/** What caps leave of a stored reward. */
export function allowedBy({ kind, minor, state }: StoredReward): number {
  if (!isStanding(state) || state === 'capped') return 0;
  return kind === 'money' ? minor : 1;
}

/** A draft as it takes its turn. */
export function candidateOf(draft: Draft, rule: Rule): Candidate {
  const { id, stored, earned } = draft;
  const given = earned?.given;
  return {
    id,
    ...turnOf(draft),
    caps: capsOf(rule, earned?.version.version ?? stored?.version),
    fullMinor: fullMinorOf(draft),
    currency: given ? (given.kind === 'money' ? given.currency : null) : (stored?.currency ?? null),
    keeps: stored?.state === 'fulfilled' ? 1 : null,
  };
}

/** A stored reward as it takes its turn. */
export const candidateOfStored = (stored: StoredReward, rule: Rule): Candidate => ({
  id: stored.id,
  earnedAt: stored.earnedAt,
  cause: stored.cause,
  caps: capsOf(rule, stored.version),
  fullMinor: stored.fullMinor,
  currency: stored.currency,
  keeps: stored.state === 'fulfilled' ? 1 : null,
});

const capsOf = ({ versions }: Rule, wanted: number | undefined): Candidate['caps'] =>
  versions.find(({ version }) => version === wanted)?.definition.caps ?? {};
