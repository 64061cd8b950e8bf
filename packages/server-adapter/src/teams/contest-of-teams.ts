import type { Context } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import { visibleContest } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';

/** A contest in which there are teams. */
export type ContestOfTeams = ContestRow & { teamSize: number };

/**
 * The contest a call about teams is about.
 * @throws LaurelProblem contest_not_found, teams_not_offered
 */
export async function contestOfTeams(reference: string, context: Context): Promise<ContestOfTeams> {
  const contest = await visibleContest(reference, context);
  const { teamSize } = contest.settings;
  if (teamSize === null) throw new LaurelProblem('teams_not_offered', `There are no teams in "${contest.slug}".`);
  return { ...contest, teamSize };
}

/**
 * The same, while who is in which team may change.
 * @throws LaurelProblem contest_not_found, teams_not_offered, contest_not_live
 */
export async function openContestOfTeams(reference: string, context: Context): Promise<ContestOfTeams> {
  const contest = await contestOfTeams(reference, context);
  const { phase } = contest;
  if (phase === 'scheduled' || phase === 'live' || phase === 'paused') return contest;
  throw new LaurelProblem('contest_not_live', 'Teams change until the contest ends.');
}
