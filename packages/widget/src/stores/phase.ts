import type { View } from './leaderboard.ts';

/** Where a contest stands, as its readers see it. */
export type Phase = 'soon' | 'running' | 'over';

/** The phase as the server has it: its clock decides, not the reader’s. */
export function phaseOf({ contest }: Pick<View, 'contest'>): Phase {
  switch (contest.state) {
    case 'draft':
    case 'scheduled':
      return 'soon';
    case 'live':
      return 'running';
    default:
      return 'over';
  }
}
