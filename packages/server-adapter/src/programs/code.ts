import { customAlphabet } from 'nanoid';
import type { Database } from '../db/database.ts';

/** A fresh code. No vowels (no words), no look-alikes: 28 signs, so 9 of them carry 43 bits. */
export const newCode = customAlphabet('23456789bcdfghjkmnpqrstvwxyz', 9);

/** The referral code of a participant in a programme, made from the platform's CSPRNG when it is first asked for. */
export async function referralCodeOf(database: Database, programId: string, participantId: string): Promise<string> {
  for (;;) {
    const existing = await database.kysely
      .selectFrom('referral_code')
      .select('code')
      .where('program_id', '=', programId)
      .where('participant_id', '=', participantId)
      .executeTakeFirst();
    if (existing) return existing.code;
    await database.kysely
      .insertInto('referral_code')
      .values({ program_id: programId, participant_id: participantId, code: newCode() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
