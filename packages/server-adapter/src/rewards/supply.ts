/** What is left of a rule's stock and budget; `null`: no limit. */
export interface Supply {
  readonly stock: number | null;
  readonly budget: number | null;
}

/** A reward that asks for its share of stock and budget. */
export interface Claim {
  readonly id: string;
  readonly earnedAt: Date;
  /** What it takes of the budget. */
  readonly minor: number;
}

/**
 * Serves claims in turn, the earliest earned first, and answers who is served and what is left. One for which the budget
 * does not suffice waits, and does not keep smaller ones behind it from being served.
 */
export function serve(supply: Supply, claims: readonly Claim[]): { served: Set<string>; left: Supply } {
  let { stock, budget } = supply;
  const served = new Set<string>();
  const inTurn = [...claims].sort((a, b) => a.earnedAt.getTime() - b.earnedAt.getTime() || (a.id < b.id ? -1 : 1));
  for (const { id, minor } of inTurn) {
    if (stock !== null && stock < 1) break;
    if (budget !== null && budget < minor) continue;
    if (stock !== null) stock -= 1;
    if (budget !== null) budget -= minor;
    served.add(id);
  }
  return { served, left: { stock, budget } };
}
