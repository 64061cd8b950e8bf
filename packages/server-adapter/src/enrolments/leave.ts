import type { EnrolmentState } from '../db/course-tables.ts';
import { LaurelProblem } from '../problem.ts';
import type { Desk } from './desk.ts';
import { advanceLine } from './line.ts';
import { cancelAll } from './transitions.ts';

const states = ['waiting', 'unpaid', 'active'] as const;

const stateOf = (schema: string) => `select state from ${schema}.enrolment where id = $1`;

/**
 * Cancels an enrolment, which gives its seat to the first who waits. With `from`, only while it is in that state: who wants to
 * leave the line does not lose the seat that came free in the same moment. One that is cancelled already stays so.
 * @throws LaurelProblem enrolment_state_conflict
 */
export async function leave(
  desk: Desk,
  id: string,
  { from, reason }: { from: (typeof states)[number] | null; reason: string | null },
): Promise<void> {
  const { query, schema } = desk.database;
  const [row] = await query<{ state: EnrolmentState }>(stateOf(schema), [id]);
  if (from !== null && row && row.state !== from && row.state !== 'cancelled') {
    throw new LaurelProblem(
      'enrolment_state_conflict',
      `The enrolment is ${row.state} by now, not ${from}: look at it again before it is cancelled.`,
    );
  }
  await cancelAll(desk, [id], { from: from === null ? states : [from], reason });
  await advanceLine(desk);
}
