import type { Draw } from '@laurelkit/sdk/contract';
import { instantOfRound } from '@laurelkit/sdk/draws';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { readCommitments, readDraw, readSeal, type StoredCommitment, type StoredDraw } from './stored.ts';

/** A version of a commitment as everybody sees it. */
export const commitmentAnswer = ({ version, document, hash, committed_at }: StoredCommitment) => ({
  version,
  document,
  hash,
  committedAt: committed_at.toISOString(),
});

/** When the round that decides appears. */
export function roundInstant({ terms, round }: StoredDraw): Date | null {
  if (round === null || terms.source.kind !== 'drand') return null;
  return new Date(instantOfRound(terms.source.chain, round));
}

const freezeAnswer = (draw: StoredDraw) => ({
  frozenAt: draw.frozenAt.toISOString(),
  seq: draw.seq,
  ...(draw.ledgerHash !== null && { ledgerHash: draw.ledgerHash }),
  root: draw.root,
  round: draw.round,
  roundAt: roundInstant(draw)?.toISOString() ?? null,
});

/** What was committed, frozen and drawn, as everybody sees it. */
export async function drawAnswer(
  database: Database,
  contest: ContestRow,
  receiptKey: string,
): Promise<z.output<typeof Draw>> {
  const commitments = await readCommitments(database, contest.id);
  const draw = await readDraw(database, contest.id);
  const seal = await readSeal(database, contest.id);
  return {
    contest: contest.slug,
    state: contest.phase,
    source: contest.settings.draw.source,
    commitments: commitments.map(commitmentAnswer),
    ...(seal && { seal: { seq: seal.seq, hash: seal.hash, sealedAt: seal.sealed_at.toISOString() } }),
    freeze: draw && freezeAnswer(draw),
    signature: draw?.signature ?? null,
    numbers: draw?.numbers ?? null,
    randomness: draw?.randomness ?? null,
    drawnAt: draw?.drawnAt?.toISOString() ?? null,
    receiptKey,
  };
}
