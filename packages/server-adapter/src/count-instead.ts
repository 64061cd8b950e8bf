import type { contract, Output, Parsed } from '@laurelkit/sdk/contract';

type Recording = Parsed<typeof contract.conversions.create>;

/** How conversions are recorded and reversed inside the transaction of whoever refunds. */
export interface Recorder {
  /** Records a conversion as of an instant. */
  record(input: Recording, at: Date): Promise<Output<typeof contract.conversions.create>>;
  reverse(conversion: string, reason: string | null): Promise<unknown>;
}

/** What is known of a sale of which something was given back. */
export interface Returned {
  readonly minor: number;
  /** What was given back so far, and how much of that for good. */
  readonly returned: number;
  readonly lost: number;
  /** Whether its conversion belongs to a referral. */
  readonly attributed: boolean;
}

/**
 * How much of a sale counts. Where nobody earned by it, it is only taken back as a whole and for good: what counts instead of
 * it would be recorded anew, and might then find a referrer who came after the sale.
 */
export function countingMinor({ minor, returned, lost, attributed }: Returned): number {
  if (attributed) return Math.max(0, minor - returned);
  return lost >= minor ? 0 : minor;
}

/**
 * Takes back the conversion that counts, if there is one, and records another instead, as of the same instant and under a
 * key of its own; nothing instead of it where its amount is 0. Answers the one that counts now.
 */
export async function countInstead(
  { record, reverse }: Recorder,
  counting: { readonly id: string; readonly reason: string | null } | null,
  instead: Recording,
  at: Date,
): Promise<string | null> {
  if (counting) await reverse(counting.id, counting.reason);
  if (instead.amount?.minor === 0) return null;
  return (await record(instead, at)).id;
}
