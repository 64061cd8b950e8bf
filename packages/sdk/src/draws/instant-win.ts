import { hmac } from '@noble/hashes/hmac';
import { sha256 } from '@noble/hashes/sha2';
import { utf8 } from './bytes.ts';

/** A prize of an instant win: one of `oneIn` plays wins it, a whole number from 1. */
export interface InstantPrize {
  oneIn: number;
}

const allValues = 2n ** 64n;

/**
 * What a play of an instant win comes to: a pure function of the seed, the contest and the play’s number.
 *
 * For each prize in order, counted from 1: `digest = HMAC-SHA256(seed, "<contest id>/<number>/<prize>")` (UTF-8, decimal
 * digits); its first eight bytes, the highest first, are a whole number `v`. The play wins the first prize for which
 * `v < floor(2^64 / oneIn)`. Nothing is divided or rounded but that one bound, so no remainder favours anybody: the chance is
 * `1 / oneIn` to within `2^-64`. Prizes after one that is hit are not looked at.
 * @param seed - 32 bytes
 * @param number - of the play, a whole number from 1
 * @returns the prize’s index from 0, or `null` for nothing. Whether any of it is left is another question.
 * @throws RangeError when a number is none from 1
 */
export function outcomeOf(
  seed: Uint8Array,
  contestId: string,
  number: number,
  prizes: readonly InstantPrize[],
): number | null {
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new RangeError(`A play has a whole number from 1, not ${number}.`);
  }
  for (const [index, { oneIn }] of prizes.entries()) {
    if (!Number.isSafeInteger(oneIn) || oneIn < 1) {
      throw new RangeError(`oneIn must be a whole number from 1, not ${oneIn} of prize ${index + 1}.`);
    }
    const digest = hmac(sha256, seed, utf8(`${contestId}/${number}/${index + 1}`));
    const value = new DataView(digest.buffer, digest.byteOffset).getBigUint64(0);
    if (value < allValues / BigInt(oneIn)) return index;
  }
  return null;
}
