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
  draw.round::text, signature, numbers, randomness, drawn_at, published_at
from ${schema}.contest_draw draw
join ${schema}.contest_commitment commitment
  on commitment.contest_id = draw.contest_id and commitment.version = draw.commitment_version
where draw.contest_id = $1`;

interface DrawRow {
  terms: CommitmentDocument;
  frozen_at: Date;
  frozen_seq: string;
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
    root: { hash: row.root, sum: Number(row.tickets), count: Number(row.entries) },
    round: row.round === null ? null : Number(row.round),
    drawnAt: row.drawn_at,
    publishedAt: row.published_at,
  };
}
