import type { Context } from '../context.ts';
import { type ContestRow, findContest, findParticipant } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

/**
 * Whom a call is about: a participant always themself, a secret key the one it names.
 * @throws LaurelProblem forbidden when a participant names somebody, validation_failed when a key names nobody,
 *   participant_not_found
 */
export async function callerOrNamed(context: Context, named: string | undefined): Promise<string> {
  const { caller, database } = context;
  if (caller.kind === 'participant') {
    if (named === undefined) return caller.id;
    const row = await findParticipant(database, named).catch(() => null);
    if (row?.id === caller.id) return caller.id;
    throw new LaurelProblem('forbidden', 'A participant token acts for its own participant only.');
  }
  if (named === undefined) {
    throw new LaurelProblem('validation_failed', 'Say which participant is meant.', {
      errors: [{ pointer: '#/participant', detail: 'is required with a secret key' }],
    });
  }
  return (await findParticipant(database, named)).id;
}

/**
 * The contest a call is about.
 * @throws LaurelProblem contest_not_found
 */
export async function visibleContest(reference: string, context: Context): Promise<ContestRow> {
  return assertVisible(await findContest(context.database, reference, context), reference, context);
}

/**
 * The contest, if the caller may know of it: a draft is nobody's business but the host's.
 * @throws LaurelProblem contest_not_found
 */
export function assertVisible(contest: ContestRow, reference: string, { caller }: Pick<Context, 'caller'>): ContestRow {
  if (contest.state !== 'draft' || caller.kind === 'secret' || caller.kind === 'staff') return contest;
  throw new LaurelProblem('contest_not_found', `There is no contest "${reference}".`);
}
