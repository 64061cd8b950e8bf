import type { RewardDefinition } from '../db/reward-tables.ts';
import type { FieldError } from '../problem.ts';
import { type Value, valuesOf } from './value.ts';

const fault = (pointer: string, detail: string): FieldError => ({ pointer: `#/definition/${pointer}`, detail });

type Check = (definition: RewardDefinition) => FieldError | false | undefined;

/** Fields that only some triggers have a use for. */
const uses = {
  events: ['qualified', 'conversion'],
  conditions: ['qualified', 'conversion'],
  tiers: ['qualified', 'conversion'],
  recurring: ['conversion'],
  milestone: ['milestone'],
  contest: ['contest'],
  caps: ['referral', 'qualified', 'conversion', 'milestone'],
  budget: ['referral', 'qualified', 'conversion', 'milestone'],
  stock: ['referral', 'qualified', 'conversion', 'milestone'],
} as const;

const isEmpty = (value: unknown) =>
  value === undefined ||
  (typeof value === 'object' && value !== null && Object.values(value).every((each) => each === undefined));

/** Money and a share of money are one kind. */
export const kindOf = (value: Value): string => (value.kind === 'percent' ? 'money' : value.kind);

/** The currencies a value names; a share has that of its conversion. */
const currenciesOf = (values: readonly Value[]) => [
  ...new Set(values.flatMap((value) => (value.kind === 'money' ? value.currency : []))),
];

const asksForMinor = ({ caps }: RewardDefinition) =>
  (['minorPerDay', 'minorPerMonth', 'minorPerYear', 'minorTotal'] as const).find((name) => caps[name] !== undefined);

const checks: readonly Check[] = [
  (definition) => {
    const needed = definition.on === 'milestone' ? 'milestone' : definition.on === 'contest' ? 'contest' : null;
    return (
      needed !== null && definition[needed] === undefined && fault(needed, `is required with the trigger ${needed}`)
    );
  },
  (definition) => {
    const field = (Object.keys(uses) as (keyof typeof uses)[]).find(
      (name) => !isEmpty(definition[name]) && !(uses[name] as readonly string[]).includes(definition.on),
    );
    return field !== undefined && fault(field, `has no meaning with the trigger ${definition.on}`);
  },
  ({ on, to }) =>
    on === 'milestone' &&
    to === 'referee' &&
    fault('to', 'must be referrer: a milestone counts what somebody referred'),
  ({ on, to }) => on === 'contest' && to === 'referee' && fault('to', 'must be referrer: a prize goes to its place'),
  (definition) => {
    const { on } = definition;
    if (on === 'qualified' || on === 'conversion') return false;
    const values = valuesOf(definition);
    return (
      values.some(({ kind }) => kind === 'percent') &&
      fault(
        on === 'contest' && definition.value.kind !== 'percent' ? 'contest/prizes' : 'value',
        'cannot be a share: there is no conversion to take it of',
      )
    );
  },
  (definition) => {
    if (definition.on === 'contest') return false;
    const kind = kindOf(definition.value);
    const tier = definition.tiers.findIndex(({ value }) => kindOf(value) !== kind);
    if (tier >= 0) return fault(`tiers/${tier}/value`, `must be of the kind of "value", ${kind}`);
    const introductory = definition.recurring?.introductory;
    return (
      introductory !== undefined &&
      kindOf(introductory.value) !== kind &&
      fault('recurring/introductory/value', `must be of the kind of "value", ${kind}`)
    );
  },
  (definition) =>
    currenciesOf(valuesOf(definition)).length > 1 &&
    definition.on !== 'contest' &&
    fault('value', 'and every other value must be in one currency'),
  (definition) => {
    const contests = new Set(valuesOf(definition).flatMap((value) => (value.kind === 'points' ? value.contest : [])));
    return definition.on !== 'contest' && contests.size > 1 && fault('tiers', 'must give points of one contest');
  },
  (definition) => {
    const name = asksForMinor(definition);
    return name !== undefined && kindOf(definition.value) !== 'money' && fault(`caps/${name}`, 'is for money only');
  },
  ({ budget, value }) => budget !== undefined && kindOf(value) !== 'money' && fault('budget', 'is for money only'),
  (definition) => {
    const { budget } = definition;
    const other = budget && currenciesOf(valuesOf(definition)).find((currency) => currency !== budget.currency);
    return other !== undefined && fault('budget/currency', `must be ${other}, as "value" is`);
  },
  ({ tiers }) =>
    new Set(tiers.map(({ referrals }) => referrals)).size < tiers.length &&
    fault('tiers', 'must each begin at another number of referrals'),
];

/** What keeps a rule from working, with the field at fault; `null` when it can work. */
export function ruleFault(definition: RewardDefinition): FieldError | null {
  for (const check of checks) {
    const found = check(definition);
    if (found) return found;
  }
  return null;
}

/** What of a rule cannot become other than it was, because of what was earned by it. */
export function changeFault(old: RewardDefinition, next: RewardDefinition): FieldError | null {
  if (old.to !== next.to) return fault('to', `stays ${old.to}: make another rule`);
  if ((old.on === 'contest') !== (next.on === 'contest')) return fault('on', `stays ${old.on}: make another rule`);
  if (old.on === 'contest') {
    return old.contest?.contest === next.contest?.contest ? null : fault('contest/contest', 'stays: make another rule');
  }
  if (kindOf(old.value) !== kindOf(next.value)) return fault('value/kind', 'stays of its kind: make another rule');
  if (old.value.kind === 'points' && next.value.kind === 'points' && old.value.contest !== next.value.contest) {
    return fault('value/contest', 'stays: make another rule');
  }
  if (old.budget && next.budget && old.budget.currency !== next.budget.currency) {
    return fault('budget/currency', `stays ${old.budget.currency}: make another rule`);
  }
  return null;
}
