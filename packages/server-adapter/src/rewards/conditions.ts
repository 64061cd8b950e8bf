import type { RewardDefinition } from '../db/reward-tables.ts';
import type { ConversionFact } from './facts.ts';

type Conditions = RewardDefinition['conditions'];

/** Whether a conversion's event is one of those named; none named: any. */
export const isOf = (events: readonly string[], event: string): boolean =>
  events.length === 0 || events.includes(event);

/** Whether a conversion is what the conditions say, all of them. `firstPurchase` is not about one conversion alone. */
export function meets(conditions: Conditions, { metadata, minor, currency }: ConversionFact): boolean {
  const { countries, products, minimum, metadata: facts } = conditions;
  const oneOf = (values: readonly unknown[], name: string) =>
    Object.hasOwn(metadata, name) && values.includes(metadata[name]);
  if (countries && !oneOf(countries, 'country')) return false;
  if (products && !oneOf(products, 'product')) return false;
  if (minimum && (minor === null || currency !== minimum.currency || minor < minimum.minor)) return false;
  return Object.entries(facts ?? {}).every(([name, values]) => oneOf(values, name));
}

/** The conversions that a rule goes by, first to last: not reversed, of its events, as its conditions say. */
export function countingFor(
  { events, conditions }: Pick<RewardDefinition, 'events' | 'conditions'>,
  conversions: readonly ConversionFact[],
): ConversionFact[] {
  const standing = conversions.filter(({ reversed, event }) => !reversed && isOf(events, event));
  const candidates = conditions.firstPurchase ? standing.slice(0, 1) : standing;
  return candidates.filter((conversion) => meets(conditions, conversion));
}
