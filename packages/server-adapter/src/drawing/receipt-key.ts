import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** Signs receipts. */
export interface ReceiptKey {
  /** Ed25519 (RFC 8032), 64 hexadecimal digits: everybody may know it. */
  readonly publicKey: string;
  /** The signature of a text's UTF-8, 128 hexadecimal digits. */
  sign(text: string): string;
}

/** PKCS #8 (RFC 8410) of an Ed25519 key, up to its 32 bytes. */
const wrapping = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key whose seed is these 32 bytes. */
export function receiptKeyOf(seed: Buffer): ReceiptKey {
  const key = createPrivateKey({ key: Buffer.concat([wrapping, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('hex') };
}
