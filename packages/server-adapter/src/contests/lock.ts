import { currentInstantOf } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { type ContestRow, findContest } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

/**
 * Finds a contest and locks its row to the end of the transaction: what is found out about it stays so meanwhile. Its phase is
 * that of this moment: a transaction of the host's may have begun long before the contest.
 * @throws LaurelProblem contest_not_found
 */
export async function lockContest(
  database: Database,
  reference: string,
  at: { now: Date | null },
): Promise<ContestRow> {
  const { id } = await findContest(database, reference, at);
  await database.query(`select from ${database.schema}.contest where id = $1 for no key update`, [id]);
  return findContest(database, id, at, currentInstantOf(at));
}

/**
 * Makes sure that nothing waits to be counted in a contest which nobody has frozen yet.
 * @throws LaurelProblem contest_state_conflict
 */
export async function assertCounted({ query, schema }: Database, { id }: ContestRow): Promise<void> {
  const waiting = await query(`select from ${schema}.ledger_intake where contest_id = $1 limit 1`, [id]);
  if (waiting.length === 0) return;
  throw new LaurelProblem('contest_state_conflict', 'Its last points are being counted: close it in a few seconds.');
}
