import { type Evidence, receiptFaultOnPage, type SignedReceipt, verificationSteps } from '@laurelkit/sdk/draws';

export type { Evidence, SignedReceipt, VerificationStep } from '@laurelkit/sdk/draws';

/** What receipts that were kept say of evidence: whether all fit, and with how many tickets. */
export interface ReceiptFinding {
  receipt: 'good' | 'bad' | 'none' | 'unable';
  weight: number;
}

/** Checks evidence one thing after the other; see `@laurelkit/sdk/draws`. */
export const stepsOf = (evidence: unknown) => verificationSteps(evidence);

/** Whether the browser can check the signature of a receipt. */
const canSign = (): Promise<boolean> =>
  Promise.resolve()
    .then(() => crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify']))
    .then(
      () => true,
      () => false,
    );

/** Holds receipts against evidence. A browser that has no Ed25519 cannot tell. */
export async function findReceipts(receipts: readonly SignedReceipt[], evidence: Evidence): Promise<ReceiptFinding> {
  if (receipts.length === 0) return { receipt: 'none', weight: 0 };
  if (!(await canSign())) return { receipt: 'unable', weight: 0 };
  const faults = await Promise.all(receipts.map((receipt) => receiptFaultOnPage(receipt, evidence)));
  const fits = faults.every((fault) => fault === null);
  return fits ? { receipt: 'good', weight: receipts[0]?.weight ?? 0 } : { receipt: 'bad', weight: 0 };
}
