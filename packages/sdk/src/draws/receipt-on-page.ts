import { fromHex, utf8 } from './bytes.ts';
import type { Evidence } from './evidence.ts';
import { brokenPromise, notSigned, receiptText, type SignedReceipt } from './evidence-receipt.ts';

/**
 * `receiptFault` for pages: the browser’s own Ed25519 (Web Crypto, secure contexts) instead of six kilobytes. Never rejects: where the
 * browser has none, that is what it says.
 */
export async function receiptFaultOnPage(receipt: SignedReceipt, evidence: Evidence): Promise<string | null> {
  try {
    const { subtle } = crypto;
    const bytes = (hex: string) => Uint8Array.from(fromHex(hex));
    const key = await subtle.importKey('raw', bytes(evidence.receiptKey), 'Ed25519', false, ['verify']);
    const text = Uint8Array.from(utf8(receiptText(receipt)));
    const signed = await subtle.verify('Ed25519', key, bytes(receipt.signature), text);
    return signed ? brokenPromise(receipt, evidence) : notSigned;
  } catch (error) {
    return `It cannot be checked here: ${error instanceof Error ? error.message : error}`;
  }
}
