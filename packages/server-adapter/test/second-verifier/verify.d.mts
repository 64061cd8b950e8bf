/** Why evidence (and a receipt, if there is one) does not hold; `null` when it does. */
export function whyNot(evidence: unknown, receipt?: unknown): string | null;
