import type { CommitmentDocument } from './commitment.ts';
import type { Evidence } from './evidence.ts';
import { misfit, type Shape } from './shape.ts';

const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null ? 'null' : shape;

const orMissing =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined ? 'undefined' : shape;

const kind = 'leaderboard|raffle|milestone|waitlist|instant_win|league';
const tiePolicy = 'earliest|shared|draw';
const numbers = { kind: 'numbers', numbers: ['text'] };

const document: Shape = {
  algorithm: 'vrs-w1',
  contest: 'text',
  name: 'text',
  version: 'positive',
  kind,
  tiePolicy,
  endsAt: 'instant',
  rulesVersion: 'positive',
  rulesHash: 'hash',
  prizes: [{ name: 'text', winners: 'positive', atPoints: orMissing('positive') }],
  mostEntries: orNull('positive'),
  substitutes: 'next in order',
  receiptKey: 'hash',
  instantWin: orNull({ seedHash: 'hash', prizes: [{ name: 'text', oneIn: 'positive', stock: 'positive' }] }),
  source: (source) =>
    source?.kind === 'drand'
      ? {
          chain: {
            hash: 'hash',
            publicKey: 'hex',
            period: 'positive',
            genesis: 'count',
            scheme: 'bls-unchained-g1-rfc9380',
          },
          round: 'positive',
          delaySeconds: 'positive',
        }
      : source?.kind === 'numbers'
        ? numbers
        : { kind: 'none' },
  fallback: orNull({ numbers: ['text'], afterSeconds: 'positive' }),
};

const evidence: Shape = {
  format: 'laurel-evidence-1',
  contest: { id: 'text', name: 'text', kind, tiePolicy },
  commitments: [{ version: 'positive', document: 'text', hash: 'hash', committedAt: 'instant' }],
  freeze: {
    frozenAt: 'instant',
    seq: 'count',
    root: { hash: 'hash', sum: 'count', count: 'count' },
    round: orNull('positive'),
  },
  entries: [['id', 'positive', 'count']],
  randomness: orNull((randomness) =>
    randomness?.kind === 'drand'
      ? { round: 'positive', signature: 'hex', randomness: 'hash' }
      : { kind: 'numbers', numbers: [['digits']], randomness: 'hex' },
  ),
  order: ['id'],
  disqualifications: [
    { number: 'positive', entryId: 'id', reason: 'text', at: 'instant', previousHash: 'hash', hash: 'hash' },
  ],
  winners: [
    {
      number: 'positive',
      place: 'positive',
      prize: 'text',
      entryId: 'id',
      state: 'selected|claimed|lapsed|disqualified',
    },
  ],
  receiptKey: 'hash',
};

function read<Read>(value: unknown, shape: Shape): Read {
  const fault = misfit(value, shape, 'It');
  if (fault !== null) throw new TypeError(`${fault}.`);
  return value as Read;
}

/** Takes a value for evidence. @throws TypeError that says where it is not */
export const readEvidence = (value: unknown): Evidence => read(value, evidence);

/** Takes a value for a commitment document. @throws TypeError that says where it is not */
export const readCommitment = (value: unknown): CommitmentDocument => read(value, document);
