import type { codeKinds, ParticipantCode } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { referralCodeOf } from '../attribution/code.ts';
import { assertTakesPart } from '../attribution/takes-part.ts';
import { instantOf } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { isReserved } from './reserved-words.ts';

const mostVanityCodes = 10;
const mostListed = 100;

/** A code as the API shows it. */
const codeAnswer = (row: Row<'referral_code'>): z.output<typeof ParticipantCode> => ({
  code: row.code,
  kind: row.kind,
  primary: row.is_primary,
  createdAt: row.created_at.toISOString(),
});

const rowsOf = (database: Database, programId: string, participantId: string) =>
  database.kysely
    .selectFrom('referral_code')
    .selectAll()
    .where('program_id', '=', programId)
    .where('participant_id', '=', participantId);

/** The codes of a participant, the primary one first, then newest first: at most 100. */
export async function codesOf(database: Database, programId: string, participantId: string) {
  const rows = await rowsOf(database, programId, participantId)
    .orderBy('is_primary', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('code')
    .limit(mostListed)
    .execute();
  return rows.map(codeAnswer);
}

/** A code somebody wants, and for whom. */
export interface ChosenCode {
  programId: string;
  participantId: string;
  code: string;
  kind: Exclude<(typeof codeKinds)[number], 'generated'>;
}

/**
 * Gives a participant a code of their choice. Links then show it, unless it is a coupon, which is typed; one of their own
 * becomes the primary one again. That no two people have the same code or, but for imported ones, look-alikes, is the
 * database's doing. Call it in a transaction.
 * @throws LaurelProblem participation_left, code_reserved, code_taken, too_many_codes
 */
export async function chooseCode(
  database: Database,
  chosen: ChosenCode,
  at: { now: Date | null },
): Promise<z.output<typeof ParticipantCode>> {
  const { programId, participantId, code, kind } = chosen;
  if (kind !== 'imported' && isReserved(code)) throw new LaurelProblem('code_reserved', 'Choose another code.');
  // There is a primary code from here on, so nobody makes one beside this.
  await referralCodeOf(database, programId, participantId);
  await holdParticipation(database, programId, participantId);
  await assertTakesPart(database, programId, participantId);
  const held = await rowsOf(database, programId, participantId).execute();
  const own = held.find((each) => each.code.toLowerCase() === code.toLowerCase());
  if (!own && kind === 'vanity' && held.filter((each) => each.kind === 'vanity').length >= mostVanityCodes) {
    throw new LaurelProblem('too_many_codes', `There are ${mostVanityCodes} codes of your choice already.`);
  }
  const row = own ?? (await insertCode(database, chosen, at));
  if (!row) throw new LaurelProblem('code_taken', 'Somebody has this code, or one that looks like it.');
  return codeAnswer(kind === 'coupon' || row.is_primary ? row : await makePrimary(database, row));
}

/** Whoever holds the participation changes the participant's codes alone. */
async function holdParticipation(database: Database, programId: string, participantId: string): Promise<void> {
  await database.kysely
    .insertInto('participation')
    .values({ program_id: programId, participant_id: participantId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await database.kysely
    .selectFrom('participation')
    .select('participant_id')
    .where('program_id', '=', programId)
    .where('participant_id', '=', participantId)
    .forUpdate()
    .execute();
}

const insertCode = (
  database: Database,
  { programId, participantId, code, kind }: ChosenCode,
  at: { now: Date | null },
) =>
  database.kysely
    .insertInto('referral_code')
    .values({
      program_id: programId,
      participant_id: participantId,
      ...{ code, kind, is_primary: false, created_at: instantOf(at) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();

async function makePrimary(database: Database, { program_id, participant_id, code }: Row<'referral_code'>) {
  await database.kysely
    .updateTable('referral_code')
    .set({ is_primary: false })
    .where('program_id', '=', program_id)
    .where('participant_id', '=', participant_id)
    .where('is_primary', '=', true)
    .execute();
  return database.kysely
    .updateTable('referral_code')
    .set({ is_primary: true })
    .where('program_id', '=', program_id)
    .where('code', '=', code)
    .returningAll()
    .executeTakeFirstOrThrow();
}
