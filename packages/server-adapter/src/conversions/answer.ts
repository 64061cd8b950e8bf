import type { Conversion } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { type ConversionInput, fingerprintOf, type OlderConversion, type Recorded } from './write.ts';

type StoredConversion = Omit<Row<'conversion'>, 'amount_minor'> & { amount_minor: string | number | bigint | null };

/** A stored conversion as the API shows it. */
export function conversionAnswer(row: StoredConversion, program: string): z.output<typeof Conversion> {
  return {
    id: row.id,
    program,
    participant: row.participant_id,
    event: row.event,
    amount: row.currency === null ? null : { minor: Number(row.amount_minor), currency: row.currency },
    idempotencyKey: row.idempotency_key,
    metadata: row.metadata,
    attributed: row.referrer_id !== null,
    createdAt: row.created_at.toISOString(),
    reversedAt: row.reversed_at?.toISOString() ?? null,
  };
}

/**
 * The answer to one recorded conversion: the stored row, also when this call only repeated it.
 * @throws LaurelProblem program_not_found, program_archived, participant_not_found, idempotency_key_reused
 */
export function answerFor(item: ConversionInput, recorded: Recorded): z.output<typeof Conversion> {
  const { program, participantId, older, createdAt } = recorded;
  if (program === null) throw new LaurelProblem('program_not_found', `There is no programme "${item.program}".`);
  if (participantId === null) {
    throw new LaurelProblem('participant_not_found', `There is no participant "${item.participant}".`);
  }
  if (older) return repeated(item, participantId, older, program);
  if (!createdAt) throw new LaurelProblem('program_archived', 'The programme takes no new conversions.');
  return {
    id: item.id,
    program,
    participant: participantId,
    event: item.event,
    amount: item.amount ?? null,
    idempotencyKey: item.idempotencyKey,
    metadata: item.metadata ?? {},
    attributed: recorded.attributed,
    createdAt: createdAt.toISOString(),
    reversedAt: null,
  };
}

function repeated(item: ConversionInput, participantId: string, older: OlderConversion, program: string) {
  if (older.participant_id !== participantId || older.fingerprint !== fingerprintOf(item)) {
    throw new LaurelProblem(
      'idempotency_key_reused',
      `The idempotencyKey "${item.idempotencyKey}" belongs to another conversion of this programme. Nothing was recorded.`,
    );
  }
  const created_at = new Date(older.created_at);
  const reversed_at = older.reversed_at === null ? null : new Date(older.reversed_at);
  return conversionAnswer({ ...older, created_at, reversed_at }, program);
}
