import type { Payout, PayoutBatch } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

/** A batch with its programme's slug and what its payouts come to. */
export type BatchRead = Row<'payout_batch'> & {
  program: string;
  payouts: string;
  minor: string;
  paid: string;
  failed: string;
};

/** SQL: batches as `BatchRead`. */
export const selectBatches = (schema: string) => `
select batch.*, program.slug as program, sums.*
from ${schema}.payout_batch batch
join ${schema}.program on program.id = batch.program_id
cross join lateral (
  select count(*) as payouts, coalesce(sum(minor), 0) as minor,
    count(*) filter (where state = 'paid') as paid, count(*) filter (where state = 'failed') as failed
  from ${schema}.payout where batch_id = batch.id
) sums`;

/** A batch as the API shows it. */
export const batchAnswer = (row: BatchRead): z.output<typeof PayoutBatch> => ({
  id: row.id,
  program: row.program,
  currency: row.currency,
  state: row.state,
  payouts: Number(row.payouts),
  minor: Number(row.minor),
  paid: Number(row.paid),
  failed: Number(row.failed),
  createdAt: row.created_at.toISOString(),
  approvedAt: row.approved_at?.toISOString() ?? null,
  completedAt: row.completed_at?.toISOString() ?? null,
});

/**
 * Reads a batch.
 * @throws LaurelProblem batch_not_found
 */
export async function findBatch({ query, schema }: Database, id: string): Promise<BatchRead> {
  const [row] = await query<BatchRead>(`${selectBatches(schema)} where batch.id = $1`, [id]);
  if (!row) throw new LaurelProblem('batch_not_found', 'There is no such payout batch.');
  return row;
}

/** A payout with the host's name of who gets it. */
export type PayoutRead = Row<'payout'> & { external_id: string };

/** SQL: payouts as `PayoutRead`. */
export const selectPayouts = (schema: string) => `
select payout.*, participant.external_id
from ${schema}.payout join ${schema}.participant on participant.id = payout.participant_id`;

/** A payout as the API shows it. */
export const payoutAnswer = (row: PayoutRead): z.output<typeof Payout> => ({
  id: row.id,
  batch: row.batch_id,
  participant: row.participant_id,
  externalId: row.external_id,
  minor: Number(row.minor),
  currency: row.currency,
  state: row.state,
  attempts: row.attempts,
  reference: row.reference,
  error: row.error,
  updatedAt: row.updated_at.toISOString(),
});

/**
 * Reads a payout.
 * @throws LaurelProblem payout_not_found
 */
export async function findPayout({ query, schema }: Database, id: string): Promise<PayoutRead> {
  const [row] = await query<PayoutRead>(`${selectPayouts(schema)} where payout.id = $1`, [id]);
  if (!row) throw new LaurelProblem('payout_not_found', 'There is no such payout.');
  return row;
}
