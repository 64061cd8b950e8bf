import type { Context } from '../context.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

/**
 * The enrolment a call is about. Somebody else's is not there for a participant.
 * @throws LaurelProblem enrolment_not_found
 */
export async function findEnrolment({ database, caller }: Context, id: string): Promise<Row<'enrolment'>> {
  const row = await database.kysely.selectFrom('enrolment').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || (caller.kind === 'participant' && row.participant_id !== caller.id)) {
    throw new LaurelProblem('enrolment_not_found', 'There is no such enrolment.');
  }
  return row;
}
