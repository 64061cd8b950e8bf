import type { Contest } from './leaderboard.ts';

/** Where a contest stands, as its readers see it. */
export type Phase = 'soon' | 'running' | 'over';

/** The phase as the server has it: its clock decides, not the reader’s. */
export const phaseOf = ({ state }: Contest): Phase =>
  state === 'live' || state === 'paused' ? 'running' : state === 'draft' || state === 'scheduled' ? 'soon' : 'over';

/** The instant counted down to. */
export const deadlineOf = (contest: Contest): string =>
  phaseOf(contest) === 'soon' ? contest.startsAt : contest.endsAt;
