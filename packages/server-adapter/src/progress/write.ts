import type { BusMessage } from '../bus.ts';
import { changeMessage } from '../curriculum/change-message.ts';
import type { Change } from '../curriculum/finish.ts';
import type { KeptEvent } from '../curriculum/fold.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { type Learner, type LearnerRow, learnersOf } from '../curriculum/learner.ts';
import { weigh } from '../curriculum/weigh.ts';
import type { Database } from '../db/database.ts';
import { type Arrived, arrivedOf, isSuspect } from './arrived.ts';
import { changesOf } from './changes.ts';
import type { ProgressInput } from './input.ts';
import { judgeEvent, type Refusal } from './judge-event.ts';
import { readKnown } from './known.ts';
import { type Manners, type Resolved, resolve } from './resolve.ts';
import { store } from './store.ts';

/** What became of one call: nobody who learns was found, or each event in order and how far the learner is. */
export type Recorded =
  | { resolved: Resolved; learner: null }
  | {
      learner: Learner;
      outcomes: { id: string; refusal: Refusal | null; fresh: boolean }[];
      earned: number;
      total: number;
      completedAt: Date | null;
      completed: readonly string[];
      seq: number;
    };

/** How progress is written. */
export interface ProgressWriting {
  curricula: Curricula;
  schema: string;
}

/** How a transaction tells of itself and treats others. */
export interface ProgressTransaction {
  /** `null`: the caller tells by another way. */
  channel: string | null;
  manners: Manners;
}

type Judged = { input: ProgressInput; learner: Learner; events: (KeptEvent | Refusal)[] };

/**
 * Records the events of any number of calls in the transaction of `query`: locks the enrolments, looks up what is there, works
 * out what is newly done, and writes it all at once. Answers in the order of the calls, `null` for one that was passed by: another
 * transaction holds its enrolment, and nothing was written.
 */
export async function writeProgress(
  { query }: Pick<Database, 'query'>,
  { curricula, schema }: ProgressWriting,
  items: readonly ProgressInput[],
  { channel, manners }: ProgressTransaction,
): Promise<{ recorded: (Recorded | null)[]; told: BusMessage | null }> {
  const database = { query, schema };
  let found = await resolve(database, items, manners);
  // Whoever moved it made the cohort as well: now that it is held, the cohort is seen.
  if (found.some(({ cohort_id: id, cohort }) => id !== null && cohort === null)) {
    found = await resolve(database, items, manners);
  }
  const at = found[0]?.at ?? new Date();
  const active = found.filter((row): row is Resolved & LearnerRow => row.id !== null && row.state === 'active');
  const learners = await learnersOf(active, curricula, database);
  const judged = found.map((row, index): Judged | null => {
    const input = items[index] as ProgressInput;
    const learner = row.id === null ? undefined : learners.get(row.id);
    if (!learner) return null;
    return { input, learner, events: input.events.map((event) => judgeEvent(event, input, learner, at)) };
  });

  const arriving = arrivingOf(judged);
  const known = await readKnown(database, arriving);
  const arrived = arriving.flatMap(({ learner, events }) => {
    const fresh = events.filter(({ id }) => !known.hasEvent(learner.id, id));
    return fresh.length > 0 ? [arrivedOf(learner, fresh, at)] : [];
  });
  const changes = await changesOf(database, arrived, known);
  const told = arrived.length > 0 ? messageOf(arrived, changes) : null;
  if (told) await store(database, { arrived, known, changes, at, channel, message: told });

  const fresh = new Map(arrived.map(({ learner, events }) => [learner.id, new Set(events.map(({ id }) => id))]));
  const byId = new Map(changes.map((change) => [change.learner.id, change]));
  return {
    recorded: judged.map((each, index) => {
      if (each) return answerOf(each, fresh.get(each.learner.id), byId.get(each.learner.id), at);
      const resolved = found[index] as Resolved;
      return resolved.held === true ? null : { resolved, learner: null };
    }),
    told,
  };
}

/** What nodes are told: who moved on, that events wait, and points where contests may count what was done. */
const messageOf = (arrived: readonly Arrived[], changes: readonly Change[]): BusMessage => ({
  ...changeMessage(arrived.map(({ learner }) => learner)),
  // A lesson may have become suspect: that is an event.
  ...((changes.length > 0 || arrived.some(isSuspect)) && { outbox: true }),
  ...(changes.some(({ learner }) => learner.programId !== null) && { intake: true }),
});

/** Groups what is to be kept by learner, each event once. */
function arrivingOf(judged: readonly (Judged | null)[]): { learner: Learner; events: KeptEvent[] }[] {
  const byLearner = new Map<string, { learner: Learner; events: Map<string, KeptEvent> }>();
  for (const each of judged) {
    if (!each) continue;
    const known = byLearner.get(each.learner.id) ?? { learner: each.learner, events: new Map<string, KeptEvent>() };
    for (const event of each.events) {
      if (typeof event !== 'string' && !known.events.has(event.id)) known.events.set(event.id, event);
    }
    if (known.events.size > 0) byLearner.set(each.learner.id, known);
  }
  return [...byLearner.values()].map(({ learner, events }) => ({ learner, events: [...events.values()] }));
}

function answerOf(
  { learner, events, input }: Judged,
  freshIds: Set<string> | undefined,
  change: Change | undefined,
  at: Date,
): Recorded {
  const outcomes = events.map((event, index) => {
    if (typeof event === 'string') return { id: input.events[index]?.id ?? '', refusal: event, fresh: false };
    // Whoever comes first with an event brings it, the others repeat it.
    return { id: input.events[index]?.id ?? event.id, refusal: null, fresh: freshIds?.delete(event.id) === true };
  });
  const moved = freshIds !== undefined;
  return {
    learner,
    outcomes,
    earned: change?.earned ?? learner.earned,
    total: weigh(learner.current, learner.cohort).total,
    completedAt: learner.completedAt ?? (change?.completed ? at : null),
    // Who brought nothing new is told of nothing new.
    completed: change && outcomes.some(({ fresh }) => fresh) ? change.newly : [],
    seq: learner.seq + (moved ? 1 : 0),
  };
}
