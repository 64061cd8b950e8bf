import { md5 } from '@noble/hashes/legacy';
import { join, toHex, utf8 } from './bytes.ts';
import { canonicalSources } from './public-numbers.ts';

const largestPool = 65_535;

const bigEndian16 = (value: number) => Uint8Array.of(value >> 8, value & 255);

/**
 * The selection of RFC 3797 as it is written there: `MD5(i ‖ key ‖ i)`, i from 0 as two bytes, gives the i-th pick as the
 * remainder by how many are left, who are then counted anew. Without weights, and whoever is taken out moves the others: for
 * compatibility with what was drawn so before, not for new draws.
 * @param sources - in the order that was announced
 * @param poolSize - how many there are, 1 to 65,535; they are numbered from 1
 * @param picks - how many to select, at most `poolSize`
 * @returns for each pick who it is, and the digest (32 lower-case hexadecimal digits) that decided it
 * @throws TypeError, RangeError
 */
export function rfc3797({
  sources,
  poolSize,
  picks,
}: {
  sources: Parameters<typeof canonicalSources>[0];
  poolSize: number;
  picks: number;
}): { picks: { pick: number; digest: string }[] } {
  if (!Number.isInteger(poolSize) || poolSize < 1 || poolSize > largestPool) {
    throw new RangeError(`poolSize must be a whole number from 1 to ${largestPool}, not ${poolSize}.`);
  }
  if (!Number.isInteger(picks) || picks < 0 || picks > poolSize) {
    throw new RangeError(`picks must be a whole number from 0 to ${poolSize}, not ${picks}.`);
  }
  const key = utf8(canonicalSources(sources));
  const left = Array.from({ length: poolSize }, (_, index) => index + 1);
  return {
    picks: Array.from({ length: picks }, (_, index) => {
      const digest = toHex(md5(join(bigEndian16(index), key, bigEndian16(index))));
      const [pick] = left.splice(Number(BigInt(`0x${digest}`) % BigInt(left.length)), 1);
      return { pick: pick as number, digest };
    }),
  };
}
