import type { Context } from '../context.ts';
import type { ContestSettings } from '../db/contest-tables.ts';
import type { ContestRow } from '../db/references.ts';
import { visibleContest } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';

/** An action of a contest’s settings. */
export type Action = ContestSettings['actions'][number];

/**
 * The contest a call is about, if it runs.
 * @throws LaurelProblem contest_not_found, contest_not_live
 */
export async function liveContest(reference: string, context: Context): Promise<ContestRow> {
  const contest = await visibleContest(reference, context);
  if (contest.phase !== 'live') throw notLive(contest.phase);
  return contest;
}

/** What to say of a contest that does not run. */
export const notLive = (phase: ContestRow['phase'] = 'frozen') =>
  new LaurelProblem(
    'contest_not_live',
    {
      draft: 'The contest is a draft: schedule it first.',
      scheduled: 'The contest has not started yet: try again from startsAt on.',
      paused: 'The contest is paused: try again once it goes on.',
    }[phase as string] ?? 'The contest has ended.',
  );

/**
 * An action of a contest, of one of these kinds where any are given.
 * @throws LaurelProblem action_not_found
 */
export function actionOf(contest: Pick<ContestRow, 'settings'>, id: string, ...kinds: Action['kind'][]): Action {
  const action = contest.settings.actions.find((each) => each.id === id);
  if (!action) throw new LaurelProblem('action_not_found', `The contest has no action "${id}".`);
  if (kinds.length > 0 && !kinds.includes(action.kind)) {
    throw new LaurelProblem('action_not_found', `The action "${id}" is no "${kinds.join('" or "')}".`);
  }
  return action;
}
