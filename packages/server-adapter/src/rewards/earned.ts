import { countingFor, isOf } from './conditions.ts';
import type { ConversionFact, ReferralFacts, Rule, RuleVersion } from './facts.ts';
import { addDays, addMonths } from './time.ts';
import { type Given, giveFor, valueAt } from './value.ts';

/** What the facts say somebody earned, before caps and supply. */
export interface Earned {
  readonly ruleId: string;
  readonly version: RuleVersion;
  readonly participantId: string;
  readonly referralId: string | null;
  /** Why: with rule and participant it is there once. */
  readonly cause: string;
  readonly given: Given;
  readonly earnedAt: Date;
  /** Held until this instant at least. */
  readonly heldUntil: Date;
  /** Whether the checks let it pass. */
  readonly cleared: boolean;
}

/**
 * Everything a referral earns by these rules for referrer and referee. The same facts give the same in any order.
 * @param position - which qualified referral of its referrer it is, from 1; `null` when it is not qualified
 */
export function earnedBy(facts: ReferralFacts, rules: readonly Rule[], position: number | null): Earned[] {
  return rules
    .flatMap((rule) =>
      rule.versions.flatMap((version) => [
        ...atSignUp(facts, rule, version),
        ...atFirst(facts, rule, version, position),
        ...atEach(facts, rule, version, position),
      ]),
    )
    .filter(onceEach());
}

/** Two versions of a rule may both give for a cause whose deciding fact differs: the first that does, counts. */
function onceEach() {
  const seen = new Set<string>();
  return ({ ruleId, cause }: Earned) => {
    const key = `${ruleId} ${cause}`;
    return !seen.has(key) && Boolean(seen.add(key));
  };
}

/** Whether a version is the one in force at an instant. */
const inForce = (rule: Rule, version: RuleVersion, at: Date) =>
  version.active && rule.versions.findLast(({ from }) => from <= at) === version;

function earned(
  facts: ReferralFacts,
  rule: Rule,
  version: RuleVersion,
  cause: string,
  at: Date,
  given: Given | null,
): Earned[] {
  const { definition } = version;
  const { budget, to } = definition;
  if (facts.verdicts[to] === 'reject') return [];
  if (!given || (budget && (given.kind !== 'money' || given.currency !== budget.currency))) return [];
  return [
    {
      ruleId: rule.id,
      version,
      participantId: to === 'referrer' ? facts.referrerId : facts.refereeId,
      referralId: facts.id,
      cause,
      given,
      earnedAt: at,
      heldUntil: addDays(at, definition.holdDays ?? facts.program.holdDays),
      cleared: facts.verdicts[to] === 'pass',
    },
  ];
}

function atSignUp(facts: ReferralFacts, rule: Rule, version: RuleVersion): Earned[] {
  const { definition } = version;
  if (definition.on !== 'referral' || facts.settledElsewhere || !inForce(rule, version, facts.createdAt)) return [];
  const given = giveFor(definition.value, null);
  return earned(facts, rule, version, `referral:${facts.id}`, facts.createdAt, given);
}

function atFirst(facts: ReferralFacts, rule: Rule, version: RuleVersion, position: number | null): Earned[] {
  const { definition } = version;
  if (definition.on !== 'qualified' || facts.settledElsewhere) return [];
  const first = countingFor(definition, facts.conversions).find(({ event }) =>
    isOf(facts.program.qualifyingEvents, event),
  );
  if (!first || !inForce(rule, version, first.at)) return [];
  const given = giveFor(valueAt(definition, position), first);
  return earned(facts, rule, version, `qualified:${facts.id}`, first.at, given);
}

function atEach(facts: ReferralFacts, rule: Rule, version: RuleVersion, position: number | null): Earned[] {
  const { definition } = version;
  if (definition.on !== 'conversion') return [];
  const { months, conversions: most = Number.POSITIVE_INFINITY, introductory } = definition.recurring ?? {};
  const end = months === undefined ? null : addMonths(facts.createdAt, months);
  const usual = valueAt(definition, position);
  return countingFor(definition, facts.conversions)
    .filter(({ at }) => end === null || at < end)
    .slice(0, Number.isFinite(most) ? most : undefined)
    .flatMap((conversion: ConversionFact, index) => {
      if (!inForce(rule, version, conversion.at)) return [];
      const value = introductory && index < introductory.conversions ? introductory.value : usual;
      return earned(facts, rule, version, `conversion:${conversion.id}`, conversion.at, giveFor(value, conversion));
    });
}
