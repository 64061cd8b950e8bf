import { createHash } from 'node:crypto';
import type { DrandChain } from '@laurelkit/server-adapter/draws';
import { bls12_381 } from '@noble/curves/bls12-381';
import { Router } from 'express';

const domain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
const genesis = 1_767_225_600;
const period = 3;

/** A beacon of public randomness, and the relay that tells its rounds. */
export interface Beacon {
  chain: DrandChain;
  relay: Router;
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

function roundBytes(round: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(round));
  return bytes;
}

/**
 * Stands in for drand's quicknet, which the demo cannot count on reaching: the same answers, signed by a key of the shop's own.
 * So it proves nothing but the mechanism. A real shop leaves `draws` out of `createLaurel`, and the League of Entropy's beacon decides.
 */
export function createBeacon(secret: string): Beacon {
  const key = sha256(`beacon of ${secret}`);
  // Below the order of the group, whatever the hash is.
  key[0] = (key[0] as number) & 0x3f;
  const publicKey = Buffer.from(bls12_381.getPublicKeyForShortSignatures(key)).toString('hex');
  const hash = sha256(publicKey).toString('hex');
  const relay = Router();
  relay.get(`/${hash}/public/:round`, (request, response) => {
    const round = Number(request.params.round);
    if (!Number.isSafeInteger(round) || round < 1) return void response.sendStatus(400);
    if (Date.now() < (genesis + (round - 1) * period) * 1000) return void response.sendStatus(425);
    const signature = Buffer.from(bls12_381.signShortSignature(sha256(roundBytes(round)), key, { DST: domain }));
    response.json({ round, randomness: sha256(signature).toString('hex'), signature: signature.toString('hex') });
  });
  return { chain: { hash, publicKey, period, genesis, scheme: 'bls-unchained-g1-rfc9380' }, relay };
}
