/** Something measured again and again; each round answers one number. */
export interface Variant {
  name: string;
  round(): Promise<number>;
}

/** The middle value, the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which `share` (0 to 1) of the values lie, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * Runs all variants in turn, round after round, so that whatever else the machine does meets them alike. One round of
 * each warms up and is not counted.
 * @returns the median of each, in the order given
 */
export async function interleave(variants: readonly Variant[], rounds: number): Promise<number[]> {
  const values = variants.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, variant] of variants.entries()) {
      const value = await variant.round();
      if (round > 0) values[index]?.push(value);
    }
  }
  return values.map(median);
}
