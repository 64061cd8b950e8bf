import { canonicalJson } from './canonical-json.ts';
import type { Evidence } from './evidence.ts';
import { type Receipt, verifyReceipt } from './merkle-sum.ts';

/** A receipt as an entrant gets it: the server cannot deny it later. */
export interface SignedReceipt extends Receipt {
  contest: string;
  /** Ed25519 (RFC 8032) over `receiptText`: 128 hexadecimal digits. */
  signature: string;
}

/** What a receipt’s signature is over: the canonical form of everything else in it. */
export const receiptText = ({ contest, entryId, weight, root, proof }: Omit<SignedReceipt, 'signature'>): string =>
  canonicalJson({ contest, entryId, weight, root, proof });

/** Why evidence does not keep what a receipt promised, in English, its signature aside; `null` where it does. */
export function brokenPromise(receipt: SignedReceipt, { contest, freeze, entries }: Evidence): string | null {
  if (!verifyReceipt(receipt)) return 'The entry is not in the root that the receipt names.';
  if (receipt.contest !== contest.id) return 'It is of another contest.';
  if (canonicalJson(receipt.root) !== canonicalJson(freeze.root)) {
    return 'It names another root: the entries were changed after it was given.';
  }
  const entry = entries.find(([id]) => id === receipt.entryId);
  if (!entry) return 'The entry was left out.';
  return entry[1] === receipt.weight ? null : `The entry is listed with ${entry[1]}, not with ${receipt.weight}.`;
}

/** What to say of a receipt that the host can deny. */
export const notSigned = 'It was not signed with the key that was committed, or was changed.';
