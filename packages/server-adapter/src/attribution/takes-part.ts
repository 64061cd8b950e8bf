import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';

/** SQL: that a person has left a programme, by two expressions for them. Who left is found by no code and no click. */
export const hasLeft = (schema: string, program: string, participant: string) => `exists (
  select from ${schema}.participation gone
  where gone.program_id = ${program} and gone.participant_id = ${participant} and gone.left_at is not null)`;

/**
 * For what only people who take part may do.
 * @throws LaurelProblem participation_left
 */
export async function assertTakesPart(database: Database, programId: string, participantId: string): Promise<void> {
  const [row] = await database.query<{ left: boolean }>(
    `select ${hasLeft(database.schema, '$1::uuid', '$2::uuid')} as left`,
    [programId, participantId],
  );
  if (row?.left)
    throw new LaurelProblem('participation_left', 'The participant left the programme: let them rejoin first.');
}
