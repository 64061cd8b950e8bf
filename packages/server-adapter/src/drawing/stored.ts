import type { CommitmentDocument, MerkleSumRoot } from '@laurelkit/sdk/draws';
import type { Database } from '../db/database.ts';

/** A version of a commitment as it is kept. */
export interface StoredCommitment {
  version: number;
  document: string;
  hash: string;
  committed_at: Date;
}

/** The freeze of a contest and what came of it. */
export interface StoredDraw {
  terms: CommitmentDocument;
  frozenAt: Date;
  seq: number;
  /** Of the ledger up to there; `null` where a release froze that kept none, until the keeper has come by. */
  ledgerHash: string | null;
  root: MerkleSumRoot;
  /** The beacon’s round that decides; `null` where none does. */
  round: number | null;
  signature: string | null;
  numbers: string[][] | null;
  /** Hexadecimal digits. */
  randomness: string | null;
  drawnAt: Date | null;
  publishedAt: Date | null;
}

/** Parameter: contest. */
const commitmentsStatement = (schema: string) => `
select version, document, hash, committed_at from ${schema}.contest_commitment where contest_id = $1 order by version`;

/** Parameter: contest. */
const drawStatement = (schema: string) => `
select commitment.document::jsonb as terms, frozen_at, frozen_seq::text, root, entries::text, tickets::text,
  draw.round::text, signature, numbers, randomness, drawn_at, published_at,
  (select hash from ${schema}.contest_seal where contest_id = draw.contest_id and seq = draw.frozen_seq) as ledger_hash
from ${schema}.contest_draw draw
join ${schema}.contest_commitment commitment
  on commitment.contest_id = draw.contest_id and commitment.version = draw.commitment_version
where draw.contest_id = $1`;

interface DrawRow {
  terms: CommitmentDocument;
  frozen_at: Date;
  frozen_seq: string;
  ledger_hash: string | null;
  root: string;
  entries: string;
  tickets: string;
  round: string | null;
  signature: string | null;
  numbers: string[][] | null;
  randomness: string | null;
  drawn_at: Date | null;
  published_at: Date | null;
}

/** Parameter: contest. */
const sealStatement = (schema: string) => `
select seq::float8 as seq, hash, sealed_at from ${schema}.contest_seal where contest_id = $1
order by contest_seal.seq desc limit 1`;

/** The last seal of a contest’s ledger: what it comes to up to a row. */
export interface StoredSeal {
  seq: number;
  hash: string;
  sealed_at: Date;
}

/** Reads it; `null` while there is none. */
export const readSeal = async ({ query, schema }: Database, contestId: string): Promise<StoredSeal | null> =>
  (await query<StoredSeal>(sealStatement(schema), [contestId]))[0] ?? null;

/** All versions of a contest’s commitment, the first first. */
export const readCommitments = ({ query, schema }: Database, contestId: string): Promise<StoredCommitment[]> =>
  query<StoredCommitment>(commitmentsStatement(schema), [contestId]);

/** The freeze of a contest, or `null` before it. */
export async function readDraw({ query, schema }: Database, contestId: string): Promise<StoredDraw | null> {
  const [row] = await query<DrawRow>(drawStatement(schema), [contestId]);
  if (!row) return null;
  const { terms, signature, numbers, randomness } = row;
  return {
    ...{ terms, signature, numbers, randomness },
    frozenAt: row.frozen_at,
    seq: Number(row.frozen_seq),
    ledgerHash: row.ledger_hash,
    root: { hash: row.root, sum: Number(row.tickets), count: Number(row.entries) },
    round: row.round === null ? null : Number(row.round),
    drawnAt: row.drawn_at,
    publishedAt: row.published_at,
  };
}
