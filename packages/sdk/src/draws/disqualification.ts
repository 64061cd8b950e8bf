import { sha256 } from '@noble/hashes/sha2';
import { toHex, utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';

/** Somebody taken out of a draw, and why: everybody can read it. */
export interface DisqualificationLink {
  /** From 1, without a gap. */
  number: number;
  entryId: string;
  reason: string;
  /** ISO 8601, milliseconds, `Z`. */
  at: string;
  previousHash: string;
  hash: string;
}

/** What the first disqualification names as the one before it. */
export const noDisqualification = '0'.repeat(64);

/** SHA-256 of the canonical form of a disqualification and the hash before it: 64 hexadecimal digits. */
export const disqualificationHash = (
  contest: string,
  { number, entryId, reason, at, previousHash }: Omit<DisqualificationLink, 'hash'>,
): string => toHex(sha256(utf8(canonicalJson({ contest, number, entryId, reason, at, previousHash }))));

/**
 * Why a chain of disqualifications is not whole, or `null` when it is: numbers from 1, each hash over the one before, nobody
 * taken out twice.
 */
export function brokenLink(contest: string, chain: readonly DisqualificationLink[]): string | null {
  let previousHash = noDisqualification;
  const seen = new Set<string>();
  for (const [index, link] of chain.entries()) {
    if (link.number !== index + 1) return `number ${index + 1} is missing`;
    if (link.previousHash !== previousHash) return `number ${link.number} does not follow the one before`;
    if (disqualificationHash(contest, link) !== link.hash) return `number ${link.number} was changed`;
    if (seen.has(link.entryId)) return `${link.entryId} is taken out twice`;
    seen.add(link.entryId);
    previousHash = link.hash;
  }
  return null;
}
