import { claimedBy, type FoldedLesson, foldEvents, type KeptEvent, lastOf } from '../curriculum/fold.ts';
import type { Learner } from '../curriculum/learner.ts';
import { isMoreThanTime } from './claims.ts';

/** Events of one learner that are to be kept, none of which was there before, and what they come to. */
export interface Arrived {
  learner: Learner;
  events: readonly KeptEvent[];
  folded: ReadonlyMap<string, FoldedLesson>;
  last: { lesson: string; at: number } | null;
  /** Of video, milliseconds. */
  claimedMs: number;
}

/**
 * Puts together what events of a learner come to. What claims more video than there was time for since the learner began, all
 * events together, is flagged.
 * @param at - the instant of the arrival
 */
export function arrivedOf(learner: Learner, events: readonly KeptEvent[], at: Date): Arrived {
  const flagged = flagClaims(learner, events, at.getTime());
  return {
    learner,
    events: flagged,
    folded: foldEvents(flagged),
    last: lastOf(flagged),
    claimedMs: claimedBy(flagged),
  };
}

function flagClaims({ mediaMs, enrolledAt }: Learner, events: readonly KeptEvent[], at: number): readonly KeptEvent[] {
  const isBeyond = (ms: number) => isMoreThanTime(ms, at, enrolledAt.getTime());
  if (!isBeyond(mediaMs + claimedBy(events))) return events;
  let claimed = mediaMs;
  return events.map((event) => {
    if (event.watched.length === 0) return event;
    claimed += claimedBy([event]);
    return isBeyond(claimed) ? { ...event, suspect: true } : event;
  });
}

/** Whether a lesson of what arrived is suspect. */
export const isSuspect = ({ folded }: Arrived): boolean => [...folded.values()].some(({ suspect }) => suspect);
