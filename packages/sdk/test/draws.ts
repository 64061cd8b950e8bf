import { createHash } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381';
import { ed25519 } from '@noble/curves/ed25519';
import {
  type CommitmentDocument,
  type CommittedPrize,
  canonicalJson,
  canonicalSources,
  commitmentHash,
  type DisqualificationLink,
  type DrandChain,
  decidingRound,
  disqualificationHash,
  drawnOrder,
  type Evidence,
  type FrozenEntry,
  fromHex,
  givingOrder,
  leafOrder,
  merkleSumReceipts,
  merkleSumRoot,
  needsChance,
  noDisqualification,
  receiptText,
  roundAt,
  type SignedReceipt,
  toHex,
} from '../src/draws/index.ts';

const sha256 = (bytes: Uint8Array | string) => new Uint8Array(createHash('sha256').update(bytes).digest());

// Below the order of the curve.
const blsSecret = sha256('the secret of a beacon for tests').fill(1, 0, 1);
const receiptSecret = sha256('the secret of receipts for tests');
const domain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** A beacon whose rounds the tests sign themselves. */
export const testChain: DrandChain = {
  hash: toHex(sha256('a beacon for tests')),
  publicKey: toHex(bls12_381.getPublicKeyForShortSignatures(blsSecret)),
  period: 3,
  genesis: 1_700_000_000,
  scheme: 'bls-unchained-g1-rfc9380',
};

/** The signature of a round of `testChain`, as its relays would give it. */
export function signRound(round: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(round));
  return toHex(bls12_381.signShortSignature(sha256(message), blsSecret, { DST: domain }));
}

export const receiptKey = toHex(ed25519.getPublicKey(receiptSecret));

/** The signed receipt of an entry. */
export function receiptFor(contest: string, entries: readonly FrozenEntry[], id: string): SignedReceipt {
  const receipt = merkleSumReceipts(entries).get(id);
  if (!receipt) throw new Error(`No entry ${id}`);
  const unsigned = { contest, ...receipt };
  return {
    ...unsigned,
    signature: toHex(ed25519.sign(new TextEncoder().encode(receiptText(unsigned)), receiptSecret)),
  };
}

/** What a draw is made of; the rest follows. */
export interface Told {
  kind: CommitmentDocument['kind'];
  tiePolicy: CommitmentDocument['tiePolicy'];
  prizes: CommittedPrize[];
  entries: FrozenEntry[];
  numbers?: string[][];
  /** The numbers decide because the beacon could not be reached. */
  isFallback?: boolean;
  /** Milliseconds from the end to the freeze. */
  late?: number;
  /** Which of the order are taken out after the draw, by their place in it from 0. */
  takenOut?: number[];
  /** Which of the order do not claim what they won. */
  lapsed?: number[];
  /** How many versions of the commitment there are. */
  versions?: number;
  chain?: DrandChain;
  signature?: string;
  contest?: string;
}

const endsAt = Date.parse('2026-03-01T12:00:00.000Z');
const iso = (instant: number) => new Date(instant).toISOString();

function commitmentsOf(told: Told): { document: CommitmentDocument; commitments: Evidence['commitments'] } {
  const { kind, tiePolicy, prizes, numbers, chain = testChain, versions = 1 } = told;
  const isChance = kind === 'raffle' || tiePolicy === 'draw';
  const names = numbers?.map((_, at) => `Lottery ${at + 1} of 2 March 2026`) ?? [];
  const documents = Array.from({ length: versions }, (_, index): CommitmentDocument => {
    const end = endsAt - (versions - 1 - index) * 3_600_000;
    return {
      algorithm: 'vrs-w1',
      contest: told.contest ?? '01890a5d-ac96-774b-bcce-b302099a8057',
      name: 'Spring raffle',
      version: index + 1,
      kind,
      tiePolicy,
      endsAt: iso(end),
      rulesVersion: 1,
      rulesHash: toHex(sha256('rules')),
      prizes,
      mostEntries: null,
      substitutes: 'next in order',
      receiptKey,
      instantWin: null,
      source: !isChance
        ? { kind: 'none' }
        : numbers && !told.isFallback
          ? { kind: 'numbers', numbers: names }
          : { kind: 'drand', chain, round: roundAt(chain, end + 300_000), delaySeconds: 300 },
      fallback: isChance && told.isFallback ? { numbers: names, afterSeconds: 86_400 } : null,
    };
  });
  const commitments = documents.map((document, index) => {
    const text = canonicalJson(document);
    const committedAt = iso(endsAt - (versions + 1 - index) * 3_600_000);
    return { version: index + 1, document: text, hash: commitmentHash(text), committedAt };
  });
  return { document: documents.at(-1) as CommitmentDocument, commitments };
}

function chainOf(contest: string, ids: readonly string[]): DisqualificationLink[] {
  const links: DisqualificationLink[] = [];
  for (const entryId of ids) {
    const previousHash = links.at(-1)?.hash ?? noDisqualification;
    const at = iso(endsAt + 7_200_000 + links.length * 1000);
    const link = { number: links.length + 1, entryId, reason: 'Took part with two accounts.', at, previousHash };
    links.push({ ...link, hash: disqualificationHash(contest, link) });
  }
  return links;
}

/** Places given one after the other; those of one rank share theirs, and places of those taken out go to the next in order. */
function winnersOf(told: Told, order: readonly { id: string; rank: number }[], gone: ReadonlySet<string>) {
  const lapsed = new Set((told.lapsed ?? []).flatMap((at) => order[at]?.id ?? []));
  const winners: Evidence['winners'] = [];
  const weights = new Map(told.entries.map(({ id, weight }) => [id, weight]));
  const free = givingOrder(told.prizes);
  for (const ranked of Map.groupBy(order, ({ rank }) => rank).values()) {
    const reaches = (points = 0) => told.kind !== 'milestone' || points <= (weights.get(ranked[0]?.id ?? '') ?? 0);
    const index = free.findIndex(({ prize }) => reaches(prize.atPoints));
    if (index === -1) break;
    const { place, prize } = free[index] as (typeof free)[number];
    for (const { id: entryId } of ranked) {
      const state = gone.has(entryId) ? 'disqualified' : lapsed.has(entryId) ? 'lapsed' : 'selected';
      winners.push({ number: winners.length + 1, place, prize: prize.name, entryId, state });
    }
    free.splice(index, ranked.filter(({ id }) => !gone.has(id) && !lapsed.has(id)).length);
  }
  return winners;
}

/** Evidence of a draw, made with the functions the server uses. */
export function makeEvidence(told: Told): Evidence {
  const { document, commitments } = commitmentsOf(told);
  const { contest, source } = document;
  const { kind, tiePolicy, prizes, entries, numbers } = told;
  const frozenAt = iso(endsAt + (told.late ?? 2000));
  const round = decidingRound(document, frozenAt);
  const isChance = needsChance(
    document.source.kind === 'none' ? { kind, tiePolicy, entries: [] } : { kind, tiePolicy, entries },
  );
  let randomness: Evidence['randomness'] = null;
  if (isChance && source.kind === 'drand' && round !== null && !told.isFallback) {
    const signature = told.signature ?? signRound(round);
    randomness = { kind: 'drand', round, signature, randomness: toHex(sha256(fromHex(signature))) };
  } else if (isChance && numbers) {
    const canonical = Buffer.from(canonicalSources(numbers)).toString('hex');
    randomness = { kind: 'numbers', numbers, randomness: canonical };
  }
  const salt = fromHex(commitments.at(-1)?.hash ?? '');
  const chance = randomness && fromHex(randomness.randomness);
  const order = drawnOrder({ kind, tiePolicy, prizes, entries, salt, randomness: chance });
  const gone = (told.takenOut ?? []).flatMap((at) => order[at]?.id ?? []);
  const sorted = leafOrder(entries) as FrozenEntry[];
  return {
    format: 'laurel-evidence-1',
    contest: { id: contest, name: document.name, kind, tiePolicy },
    commitments,
    freeze: { frozenAt, seq: Math.max(0, ...entries.map(({ seq }) => seq)), root: merkleSumRoot(entries), round },
    entries: sorted.map(({ id, weight, seq }) => [id, weight, seq]),
    randomness,
    order: order.map(({ id }) => id),
    disqualifications: chainOf(contest, gone),
    winners: winnersOf(told, order, new Set(gone)),
    receiptKey,
  };
}
