import { ed25519 } from '@noble/curves/ed25519';
import { fromHex, utf8 } from './bytes.ts';
import type { Evidence } from './evidence.ts';
import { brokenPromise, notSigned, receiptText, type SignedReceipt } from './evidence-receipt.ts';
import { verifyReceipt } from './merkle-sum.ts';

function isSigned(receipt: SignedReceipt, receiptKey: string): boolean {
  try {
    return ed25519.verify(fromHex(receipt.signature), utf8(receiptText(receipt)), fromHex(receiptKey));
  } catch {
    return false;
  }
}

/**
 * Whether a receipt was signed with this key and its entry is in the root it names, with its weight. Never throws.
 * @param receiptKey - the commitment’s: 64 hexadecimal digits
 */
export const verifySignedReceipt = (receipt: SignedReceipt, receiptKey: string): boolean =>
  isSigned(receipt, receiptKey) && verifyReceipt(receipt);

/**
 * Why evidence does not keep what a receipt promised, in English, or `null` where it does: signed with the evidence’s key, for
 * its contest and root, and the entry is listed with its weight. Never throws.
 */
export function receiptFault(receipt: SignedReceipt, evidence: Evidence): string | null {
  try {
    return isSigned(receipt, evidence.receiptKey) ? brokenPromise(receipt, evidence) : notSigned;
  } catch {
    return 'It is no receipt.';
  }
}

/** Whether evidence keeps what a receipt promised; `receiptFault` tells why not. Never throws. */
export const receiptInEvidence = (receipt: SignedReceipt, evidence: Evidence): boolean =>
  receiptFault(receipt, evidence) === null;
