import { sha256 } from '@noble/hashes/sha2';
import type { contestKinds, tiePolicies } from '../contract/contest-settings.ts';
import { toHex, utf8 } from './bytes.ts';
import type { DrandChain } from './drand.ts';

export type ContestKind = (typeof contestKinds)[number];
export type TiePolicy = (typeof tiePolicies)[number];

/** A prize as it was promised. */
export interface CommittedPrize {
  name: string;
  winners: number;
  /** `milestone`: the points that earn it. */
  atPoints?: number;
}

/** Where chance comes from. `none`: the order needs no chance. */
export type CommittedSource =
  | { kind: 'drand'; chain: DrandChain; round: number; delaySeconds: number }
  | { kind: 'numbers'; numbers: string[] }
  | { kind: 'none' };

/** What is promised before the end, so that nobody can choose the outcome later. `docs/draws.md` tells what each part means. */
export interface CommitmentDocument {
  algorithm: 'vrs-w1';
  contest: string;
  name: string;
  version: number;
  kind: ContestKind;
  tiePolicy: TiePolicy;
  /** ISO 8601, milliseconds, `Z`. */
  endsAt: string;
  rulesVersion: number;
  rulesHash: string;
  prizes: CommittedPrize[];
  mostEntries: number | null;
  substitutes: 'next in order';
  /** Ed25519 public key of the receipts: 64 hexadecimal digits. */
  receiptKey: string;
  instantWin: null | { seedHash: string; prizes: { name: string; oneIn: number; stock: number }[] };
  source: CommittedSource;
  /** The public numbers that decide if the beacon could not be reached for so many seconds after its round’s instant. */
  fallback: null | { numbers: string[]; afterSeconds: number };
}

/**
 * SHA-256 of the very bytes of a commitment document: 64 hexadecimal digits. Its 32 bytes are the salt of the draw.
 * @param document - canonical JSON, as `canonicalJson` writes it
 */
export const commitmentHash = (document: string): string => toHex(sha256(utf8(document)));
