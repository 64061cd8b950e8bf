import { ed25519 } from '@noble/curves/ed25519';
import { fromHex, utf8 } from './bytes.ts';
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

/**
 * Whether a receipt was signed with this key and its entry is in the root it names, with its weight. Never throws.
 * @param receiptKey - the commitment’s: 64 hexadecimal digits
 */
export function verifySignedReceipt(receipt: SignedReceipt, receiptKey: string): boolean {
  try {
    const signed = ed25519.verify(fromHex(receipt.signature), utf8(receiptText(receipt)), fromHex(receiptKey));
    return signed && verifyReceipt(receipt);
  } catch {
    return false;
  }
}

/**
 * Whether evidence keeps what a receipt promised: signed with its key, for its contest, with its root, and the entry is listed
 * with its weight. Never throws.
 */
export function receiptInEvidence(receipt: SignedReceipt, evidence: Evidence): boolean {
  try {
    const { contest, freeze, entries, receiptKey } = evidence;
    return (
      verifySignedReceipt(receipt, receiptKey) &&
      receipt.contest === contest.id &&
      canonicalJson(receipt.root) === canonicalJson(freeze.root) &&
      entries.some(([id, weight]) => id === receipt.entryId && weight === receipt.weight)
    );
  } catch {
    return false;
  }
}
