import { bls12_381 } from '@noble/curves/bls12-381';
import { sha256 } from '@noble/hashes/sha2';
import { bigEndian64, bytesOf, fromHex, toHex } from './bytes.ts';

/** A beacon: public randomness that nobody can foresee or change, one round after the other. */
export interface DrandChain {
  /** Hexadecimal digits by which relays know it. */
  hash: string;
  /** Hexadecimal digits: a point of G2. */
  publicKey: string;
  /** Seconds between two rounds, and the instant of the first (Unix seconds). */
  period: number;
  genesis: number;
  scheme: 'bls-unchained-g1-rfc9380';
}

/** A beacon as its relays describe it at `/info`. */
export interface DrandInfo {
  public_key: string;
  period: number;
  genesis_time: number;
  hash: string;
  schemeID: string;
}

/** The League of Entropy's quicknet. */
export const quicknet: DrandChain = {
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  period: 3,
  genesis: 1_692_803_367,
  scheme: 'bls-unchained-g1-rfc9380',
};

/** The beacon that relays describe at `/info`; `null` for what is none of the scheme of `quicknet`. Never throws. */
export function chainOfInfo(info: unknown): DrandChain | null {
  const { public_key, period, genesis_time, hash, schemeID } = (info ?? {}) as Partial<
    Record<keyof DrandInfo, unknown>
  >;
  if (typeof public_key !== 'string' || typeof hash !== 'string' || schemeID !== quicknet.scheme) return null;
  return {
    hash,
    publicKey: public_key,
    period: Number(period),
    genesis: Number(genesis_time),
    scheme: quicknet.scheme,
  };
}

function knownChain(chain: DrandChain | DrandInfo | string): DrandChain | null {
  if (typeof chain === 'string') return chain.toLowerCase() === quicknet.hash ? quicknet : null;
  return 'public_key' in chain ? chainOfInfo(chain) : chain;
}

const notValid = { valid: false, randomness: null } as const;

const domain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** The first round that appears at or after an instant (milliseconds since 1970). */
export const roundAt = ({ genesis, period }: DrandChain, instant: number): number =>
  Math.max(1, Math.ceil((instant - genesis * 1000) / (period * 1000)) + 1);

/** When a round appears: milliseconds since 1970. */
export const instantOfRound = ({ genesis, period }: DrandChain, round: number): number =>
  (genesis + (round - 1) * period) * 1000;

/** Whether two describe one beacon: only then does a round of the one stand for an instant of the other. */
export const isSameChain = (one: DrandChain, other: DrandChain): boolean =>
  (['hash', 'publicKey', 'period', 'genesis', 'scheme'] as const).every((member) => one[member] === other[member]);

/**
 * Checks a round of a drand beacon: the BLS signature (on G1, RFC 9380) over SHA-256 of the round as eight bytes.
 * Never throws: what cannot be read is not valid.
 * @param chain - `quicknet` unless told, whose hash will do for it; another as an object, or as its relays describe it at `/info`
 * @param round - a whole number from 1
 * @param signature - hexadecimal digits, or bytes
 * @returns `randomness` is SHA-256 of the signature, 64 hexadecimal digits; `null` where the signature is not valid
 */
export function verifyDrandRound({
  chain = quicknet,
  round,
  signature,
}: {
  chain?: DrandChain | DrandInfo | string;
  round: number;
  signature: Uint8Array | string;
}): { valid: true; randomness: string } | { valid: false; randomness: null } {
  try {
    const known = knownChain(chain);
    if (known?.scheme !== quicknet.scheme || !Number.isSafeInteger(round) || round < 1) return notValid;
    const message = sha256(bigEndian64(BigInt(round)));
    const bytes = bytesOf(signature);
    const valid = bls12_381.verifyShortSignature(bytes, message, fromHex(known.publicKey), { DST: domain });
    return valid ? { valid, randomness: toHex(sha256(bytes)) } : notValid;
  } catch {
    return notValid;
  }
}
