import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import {
  canonicalJson,
  commitmentHash,
  drawnOrder,
  type Evidence,
  fromHex,
  instantOfRound,
  merkleSumReceipts,
  merkleSumRoot,
  placesOf,
  quicknet,
  type SignedReceipt,
  verifyDrandRound,
} from '@laurelkit/sdk/draws';
import { type Contest, type Results, raffle } from './contest-parts.ts';
import { crowd } from './people.ts';
import { uuid } from './time.ts';

// Ed25519 (RFC 8410): the header of a private key, then its 32 bytes.
const key = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
  format: 'der',
  type: 'pkcs8',
});
const receiptKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

/** A real round of quicknet: https://api.drand.sh/52db…4e971/public/1000. */
const round = 1000;
const signature = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
const delaySeconds = 30;
const end = new Date(instantOfRound(quicknet, round) - delaySeconds * 1000).toISOString();

/** The reader's entry. */
export const ownEntry = 'AAAAAAAAAAAAAAA1';

const people = crowd(24);
const frozen = people
  .map(([, score], index) => ({
    id: index === 4 ? ownEntry : `E${String(index).padStart(15, '0')}`,
    weight: score,
    seq: index + 1,
    name: people[index]?.[0] ?? '',
  }))
  .sort((one, other) => (one.id < other.id ? -1 : 1));

const entries = frozen.map(({ id, weight, seq }) => ({ id, weight, seq }));
const root = merkleSumRoot(entries);

const document = canonicalJson({
  algorithm: 'vrs-w1',
  contest: uuid(1),
  name: raffle.name,
  version: 1,
  kind: 'raffle',
  tiePolicy: 'earliest',
  endsAt: end,
  rulesVersion: 1,
  rulesHash: '5'.repeat(64),
  prizes: raffle.prizes.map(({ name, winners }) => ({ name, winners })),
  mostEntries: null,
  substitutes: 'next in order',
  receiptKey,
  instantWin: null,
  source: { kind: 'drand', chain: quicknet, round, delaySeconds },
  fallback: null,
});

let kept: Evidence | undefined;

/** What everybody can check about the raffle that has been drawn: real hashes, a real signature, a real order. */
export function evidenceOf(): Evidence {
  kept ??= makeEvidence();
  return kept;
}

function makeEvidence(): Evidence {
  const hash = commitmentHash(document);
  const { randomness } = verifyDrandRound({ round, signature });
  if (!randomness) throw new Error('The round of the gallery is not valid.');
  const prizes = raffle.prizes.map(({ name, winners }) => ({ name, winners }));
  const order = drawnOrder({
    kind: 'raffle',
    tiePolicy: 'earliest',
    prizes,
    entries,
    salt: fromHex(hash),
    randomness: fromHex(randomness),
  }).map(({ id }) => id);
  return {
    format: 'laurel-evidence-1',
    contest: { id: uuid(1), name: raffle.name, kind: 'raffle', tiePolicy: 'earliest' },
    commitments: [
      { version: 1, document, hash, committedAt: new Date(Date.parse(end) - 9 * 86_400_000).toISOString() },
    ],
    freeze: { frozenAt: end, seq: entries.length, root, round },
    entries: entries.map(({ id, weight, seq }) => [id, weight, seq]),
    randomness: { kind: 'drand', round, signature, randomness },
    order,
    disqualifications: [],
    winners: placesOf(prizes)
      .slice(0, order.length)
      .map(({ place, prize }, index) => ({
        number: index + 1,
        place,
        prize: prize.name,
        entryId: order[index] ?? '',
        state: index === 2 ? ('claimed' as const) : ('selected' as const),
      })),
    receiptKey,
  };
}

/** The same where somebody swapped the first two of the order, and their prizes. */
export function forgedEvidence(): Evidence {
  const evidence = evidenceOf();
  const [first = '', second = '', ...rest] = evidence.order;
  const winners = evidence.winners.map((winner, index) => ({
    ...winner,
    entryId: [second, first][index] ?? winner.entryId,
  }));
  return { ...evidence, order: [second, first, ...rest], winners };
}

/** The reader's receipt, signed. */
export function receiptOf(): SignedReceipt {
  const { proof, weight } = merkleSumReceipts(entries).get(ownEntry) ?? {
    proof: [],
    weight: 0,
  };
  const about = { contest: uuid(1), entryId: ownEntry, weight, root, proof };
  return { ...about, signature: sign(null, Buffer.from(canonicalJson(about)), key).toString('hex') };
}

/** The draw as the API tells it. */
export function drawOf(state: Contest['state']) {
  const { commitments, freeze, randomness } = evidenceOf();
  const drawn = state === 'drawn' || state === 'closed';
  return {
    contest: 'spring',
    state,
    source: 'drand' as const,
    commitments,
    freeze: {
      ...freeze,
      roundAt: drawn
        ? new Date(instantOfRound(quicknet, round)).toISOString()
        : new Date(Date.now() + 3_600_000).toISOString(),
    },
    signature: drawn ? signature : null,
    numbers: null,
    randomness: drawn ? (randomness?.randomness ?? null) : null,
    drawnAt: drawn ? end : null,
    receiptKey,
  };
}

/** Who won, as everybody may see it: one did not claim, one was taken out. */
export function resultsOf(): Results['items'] {
  const lost = ['lapsed', 'disqualified'] as const;
  return evidenceOf().winners.map(({ place, prize, entryId, state }, index) => {
    const gone = lost[[3, 5].indexOf(index)];
    const name = gone ? `Guest ${index}K4D` : (frozen.find(({ id }) => id === entryId)?.name ?? '');
    return { place, prize, entryId, name, state: gone ?? state };
  });
}
