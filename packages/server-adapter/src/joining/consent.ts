import { instantOf } from '../clock.ts';
import type { Database } from '../db/database.ts';

/** A yes or a no to taking part in a programme. */
export interface ConsentChange {
  programId: string;
  participantId: string;
  kind: 'given' | 'withdrawn';
  /** The words agreed to; `null`: the host’s own. */
  consentText: string | null;
  actor: string;
}

/** Writes down what was agreed to or taken back; it is never changed. Call it in the transaction that makes it so. */
export async function noteConsent(
  database: Database,
  { programId, participantId, kind, consentText, actor }: ConsentChange,
  at: { now: Date | null },
): Promise<void> {
  await database.kysely
    .insertInto('consent_change')
    .values({
      program_id: programId,
      participant_id: participantId,
      ...{ kind, consent_text: consentText, actor, created_at: instantOf(at) },
    })
    .execute();
}
