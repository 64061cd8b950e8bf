import type { Conversion } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { type ConversionInput, fingerprintOf, type Recorded } from './write.ts';

/** A stored conversion as the API shows it. */
export function conversionAnswer(row: Row<'conversion'>, program: string): z.output<typeof Conversion> {
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
  if (!recorded.programKnown || recorded.program === null) {
    throw new LaurelProblem('program_not_found', `There is no programme "${item.program}".`);
  }
  if (recorded.participantId === null) {
    throw new LaurelProblem('participant_not_found', `There is no participant "${item.participant}".`);
  }
  if (!recorded.id) throw new LaurelProblem('program_archived', 'The programme takes no new conversions.');
  const row = recorded as Row<'conversion'>;
  if (row.participant_id !== recorded.participantId || row.fingerprint !== fingerprintOf(item)) {
    throw new LaurelProblem(
      'idempotency_key_reused',
      `The idempotencyKey "${item.idempotencyKey}" belongs to another conversion of this programme. Nothing was recorded.`,
    );
  }
  return conversionAnswer(row, recorded.program);
}
