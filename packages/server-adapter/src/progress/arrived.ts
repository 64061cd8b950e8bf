import {
  claimedBy,
  type FoldedLesson,
  foldEvents,
  type KeptEvent,
  lastOf,
  spentBy,
  type Whereabouts,
} from '../curriculum/fold.ts';
import type { Learner } from '../curriculum/learner.ts';
import { type Claimed, isMoreThanTime } from './claims.ts';

/** Events of one learner that are to be kept, none of which was there before, and what they come to. */
export interface Arrived {
  learner: Learner;
  events: readonly KeptEvent[];
  folded: ReadonlyMap<string, FoldedLesson>;
  last: Whereabouts | null;
  claimed: Claimed;
}

/**
 * Puts together what events of a learner come to. What claims more video or time than there was since the learner
 * began, all events together, is flagged.
 * @param at - the instant of the arrival
 */
export function arrivedOf(learner: Learner, events: readonly KeptEvent[], at: Date): Arrived {
  const claimed = claimedOf(events);
  const flagged = flagClaims(learner, events, claimed, at.getTime());
  return { learner, events: flagged, folded: foldEvents(flagged), last: lastOf(flagged), claimed };
}

const claimedOf = (events: readonly KeptEvent[]): Claimed => ({ media: claimedBy(events), spent: spentBy(events) });
const sum = (a: Claimed, b: Claimed): Claimed => ({ media: a.media + b.media, spent: a.spent + b.spent });

function flagClaims(
  { mediaMs, spentMs, enrolledAt }: Learner,
  events: readonly KeptEvent[],
  claimed: Claimed,
  at: number,
): readonly KeptEvent[] {
  const isBeyond = (all: Claimed) => isMoreThanTime(all, at, enrolledAt.getTime());
  let all: Claimed = { media: mediaMs, spent: spentMs };
  if (!isBeyond(sum(all, claimed))) return events;
  return events.map((event) => {
    if (event.watched.length === 0 && event.spent === null) return event;
    all = sum(all, claimedOf([event]));
    return isBeyond(all) ? { ...event, suspect: true } : event;
  });
}

/** Whether a lesson of what arrived is suspect. */
export const isSuspect = ({ folded }: Arrived): boolean => [...folded.values()].some(({ suspect }) => suspect);
