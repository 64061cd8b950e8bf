/** An honest chance: one in so many, or, above a half, a share of 1. */
export type Odds = { kind: 'none' } | { kind: 'certain' } | { kind: 'one'; in: number } | { kind: 'share'; of: number };

/** Two significant digits: odds change with every new ticket. */
const rounded = (value: number): number => {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
};

/**
 * The chance that one of `winners` tickets, drawn one after the other and not put back, is among the `own` of `all`. With
 * one winner it is exact; with more, other people's remaining tickets leave with them, so the true chance is a little better.
 */
export function oddsOf(own: number, all: number, winners: number): Odds {
  if (own <= 0 || all <= 0 || winners <= 0) return { kind: 'none' };
  if (own >= all) return { kind: 'certain' };
  let miss = 1;
  for (let drawn = 0; drawn < winners && miss > 0; drawn += 1) miss *= Math.max(0, all - own - drawn) / (all - drawn);
  const chance = 1 - miss;
  return chance < 0.5 ? { kind: 'one', in: rounded(1 / chance) } : { kind: 'share', of: Math.min(chance, 0.99) };
}
