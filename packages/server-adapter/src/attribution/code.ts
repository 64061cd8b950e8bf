import { customAlphabet } from 'nanoid';
import type { Database } from '../db/database.ts';
import { hasLeft } from './takes-part.ts';

/** A fresh code. No vowels (no words), no look-alikes: 28 signs, so 9 of them carry 43 bits. */
export const newCode = customAlphabet('23456789bcdfghjkmnpqrstvwxyz', 9);

/** SQL for who has a code, in which programme: case does not matter, and who has left has none. */
export const knownCode = (schema: string, code: string) => `
select program_id, participant_id from ${schema}.referral_code where lower(referral_code.code) = lower(${code})
  and not ${hasLeft(schema, 'referral_code.program_id', 'referral_code.participant_id')}`;

/**
 * The referral code that links of a participant show, made from the platform's CSPRNG when it is first asked for. The
 * database lets one code of each participant be the primary one, so callers that meet get the same.
 */
export async function referralCodeOf(database: Database, programId: string, participantId: string): Promise<string> {
  for (;;) {
    const existing = await database.kysely
      .selectFrom('referral_code')
      .select('code')
      .where('program_id', '=', programId)
      .where('participant_id', '=', participantId)
      .where('is_primary', '=', true)
      .executeTakeFirst();
    if (existing) return existing.code;
    await database.kysely
      .insertInto('referral_code')
      .values({ program_id: programId, participant_id: participantId, code: newCode() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
