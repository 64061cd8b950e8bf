import type { ContestRow } from './db/references.ts';
import { type Caller, isHost } from './http/caller.ts';

/** Whether a contest has not ended yet. */
export const isBeforeEnd = ({ phase }: Pick<ContestRow, 'phase'>) =>
  phase === 'draft' || phase === 'scheduled' || phase === 'live' || phase === 'paused';

/** Whether a contest keeps its board from this caller for now. */
export const isHiddenFrom = (caller: Caller, contest: Pick<ContestRow, 'hide_until_end' | 'phase'>) =>
  contest.hide_until_end && isBeforeEnd(contest) && !isHost(caller);
