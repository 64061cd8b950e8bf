import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DrandChain } from '@laurelkit/sdk/draws';
import { bls12_381 } from '@noble/curves/bls12-381';

/** A beacon of our own: its chain, and the signature of any of its rounds. */
export interface TestBeacon {
  chain: DrandChain;
  /** Hexadecimal digits. */
  signatureOf(round: number): string;
}

const domain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** Makes a beacon with a new pair of keys, a round every three seconds since 2020. */
export function testBeacon(): TestBeacon {
  const secret = bls12_381.utils.randomPrivateKey();
  const publicKey = Buffer.from(bls12_381.getPublicKeyForShortSignatures(secret)).toString('hex');
  const hash = randomBytes(32).toString('hex');
  return {
    chain: { hash, publicKey, period: 3, genesis: 1_577_836_800, scheme: 'bls-unchained-g1-rfc9380' },
    signatureOf: (round) => {
      const number = Buffer.alloc(8);
      number.writeBigUInt64BE(BigInt(round));
      const message = createHash('sha256').update(number).digest();
      return Buffer.from(bls12_381.signShortSignature(message, secret, { DST: domain })).toString('hex');
    },
  };
}

/** What a relay does when it is asked for a round. */
export type RelayAnswer = (round: number, response: ServerResponse, request: IncomingMessage) => void;

/** A relay over real HTTP. */
export interface TestRelay {
  url: string;
  /** Rounds it was asked for. */
  asked: number[];
  /** What it does from now on. */
  answer: RelayAnswer;
  close(): Promise<void>;
}

/** Opens a relay that answers as drand's do, until `answer` is changed. */
export async function openRelay({ chain, signatureOf }: TestBeacon): Promise<TestRelay> {
  const server = createServer((request, response) => {
    const [, hash, , round] = (request.url ?? '').split('/');
    if (hash !== chain.hash) return void response.writeHead(404).end();
    relay.asked.push(Number(round));
    relay.answer(Number(round), response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relay: TestRelay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    answer: honest({ chain, signatureOf }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return relay;
}

/** The round as the beacon signs it. `randomness` is a lie: nobody may believe it. */
export const honest =
  ({ signatureOf }: TestBeacon): RelayAnswer =>
  (round, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ round, randomness: '00'.repeat(32), signature: signatureOf(round) }));
  };
