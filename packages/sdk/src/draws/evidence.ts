import type { winnerStates } from '../contract/draws.ts';
import type { ContestKind, TiePolicy } from './commitment.ts';
import type { DisqualificationLink } from './disqualification.ts';
import type { MerkleSumRoot } from './merkle-sum.ts';

/** What decided: a beacon’s round, or public numbers. `randomness` is the bytes that were used, in hexadecimal digits. */
export type EvidenceRandomness =
  | { kind: 'drand'; round: number; signature: string; randomness: string }
  | { kind: 'numbers'; numbers: string[][]; randomness: string };

/** Everything needed to check a draw. Instants are ISO 8601 with milliseconds and `Z`, hashes 64 hexadecimal digits. */
export interface Evidence {
  format: 'laurel-evidence-1';
  contest: { id: string; name: string; kind: ContestKind; tiePolicy: TiePolicy };
  /** By version, from 1. */
  commitments: { version: number; document: string; hash: string; committedAt: string }[];
  /** `ledgerHash` is of all points up to `seq`; where it is missing none was kept. */
  freeze: { frozenAt: string; seq: number; ledgerHash?: string; root: MerkleSumRoot; round: number | null };
  /** Id, weight and ledger sequence number of each, in the order of leaves: by the bytes of the ids. */
  entries: [id: string, weight: number, seq: number][];
  /** `null` where chance decided nothing. */
  randomness: EvidenceRandomness | null;
  /** Ids, the best first. */
  order: string[];
  disqualifications: DisqualificationLink[];
  /** By number: the how manieth that was selected. */
  winners: { number: number; place: number; prize: string; entryId: string; state: (typeof winnerStates)[number] }[];
  receiptKey: string;
}
