import type { contract, Parsed } from '@laurelkit/sdk/contract';
import type { ContestRow } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

type Change = Omit<Parsed<typeof contract.contests.update>, 'contest'>;

/** What decides the outcome, so that it must not change under those who take part. */
const fixedOnceLive = ['startsAt', 'timeZone', 'period', 'scoring'] as const;

/**
 * Why a change of a contest is refused, or `null` when it is fine: decided contests do not change; from the start on what
 * decides the outcome is fixed and the contest cannot go back; the end cannot move into the past or before the start.
 */
export function changeRefused(contest: ContestRow, change: Change): LaurelProblem | null {
  if (contest.phase === 'closed' || contest.phase === 'drawn') {
    return new LaurelProblem('contest_closed', `The contest is ${contest.phase}: nothing of it changes any more.`);
  }
  const begun = contest.phase === 'live' || contest.phase === 'frozen';
  const fixed = fixedOnceLive.find((field) => change[field] !== undefined);
  if (begun && fixed) {
    return new LaurelProblem('contest_state_conflict', `"${fixed}" cannot change once the contest has begun.`);
  }
  if (begun && change.state !== undefined && change.state !== 'closed') {
    return new LaurelProblem('contest_state_conflict', `A ${contest.phase} contest cannot go back to ${change.state}.`);
  }
  if (contest.phase === 'frozen' && change.endsAt !== undefined) {
    return new LaurelProblem('contest_state_conflict', 'The contest has ended: it cannot be extended any more.');
  }
  if (change.state === 'closed' && contest.phase !== 'frozen') {
    return new LaurelProblem('contest_state_conflict', 'Only a contest that has ended can be closed.');
  }
  const startsAt = Date.parse(change.startsAt ?? contest.starts_at.toISOString());
  const endsAt = Date.parse(change.endsAt ?? contest.ends_at.toISOString());
  if (startsAt >= endsAt) {
    return new LaurelProblem('validation_failed', 'The contest must end after it starts.', {
      errors: [{ pointer: '#/endsAt', detail: 'must be after startsAt' }],
    });
  }
  return null;
}
