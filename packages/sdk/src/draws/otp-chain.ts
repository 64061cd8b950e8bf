import { sha256 } from '@noble/hashes/sha2';
import { bytesOf, utf8 } from './bytes.ts';

/**
 * A chain of one-time values: `chain[0]` is the secret, `chain[i]` its SHA-256 taken `i` times. Publish `chain[n]` before the
 * draws; the first draw's salt is `chain[n − 1]`, the next one's `chain[n − 2]`, and everybody can hash it forward to what
 * was published.
 * @param secret - bytes, or a text: its UTF-8
 * @param n - how many draws it is good for, a whole number from 0
 * @returns n + 1 values
 * @throws RangeError when `n` is no whole number from 0, TypeError when the secret is neither bytes nor a text
 */
export function otpChain(secret: Uint8Array | string, n: number): Uint8Array[] {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`n must be a whole number from 0, not ${n}.`);
  const chain: Uint8Array[] = [typeof secret === 'string' ? utf8(secret) : Uint8Array.from(bytesOf(secret))];
  for (let index = 0; index < n; index++) chain.push(sha256(chain[index] as Uint8Array));
  return chain;
}
