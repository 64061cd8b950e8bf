import type { BusMessage } from '../bus.ts';
import { changeMessage } from '../curriculum/change-message.ts';
import { type Change, finish } from '../curriculum/finish.ts';
import { claimedBy, foldEvents, type KeptEvent, lastOf } from '../curriculum/fold.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { type Learner, type LearnerRow, learnerOf } from '../curriculum/learner.ts';
import { weigh } from '../curriculum/weigh.ts';
import type { Database } from '../db/database.ts';
import { changesOf } from './changes.ts';
import { isMoreThanTime } from './claims.ts';
import type { ProgressInput } from './input.ts';
import { judgeEvent, type Refusal } from './judge-event.ts';
import { type Resolved, resolve } from './resolve.ts';
import { type Arrived, type Stored, store } from './store.ts';

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

type Judged = { input: ProgressInput; learner: Learner; events: (KeptEvent | Refusal)[] };

/**
 * Records the events of any number of calls in the transaction of `query`: locks the enrolments, keeps each event once, merges
 * the states of lessons, and rolls up what is newly done. Answers in the order of the calls.
 * @param channel - `null`: the caller tells by another way
 */
export async function writeProgress(
  { query }: Pick<Database, 'query'>,
  { curricula, schema }: ProgressWriting,
  items: readonly ProgressInput[],
  channel: string | null,
): Promise<{ recorded: Recorded[]; told: BusMessage | null }> {
  const database = { query, schema };
  const found = await resolve(database, items);
  const at = found[0]?.at ?? new Date();
  const learners = new Map<string, Learner>();
  for (const row of found) {
    if (row.id !== null && row.state === 'active' && !learners.has(row.id)) {
      learners.set(row.id, await learnerOf(row as LearnerRow, curricula, database));
    }
  }
  const judged = found.map((row, index): Judged | null => {
    const input = items[index] as ProgressInput;
    const learner = row.id === null ? undefined : learners.get(row.id);
    if (!learner) return null;
    return { input, learner, events: input.events.map((event) => judgeEvent(event, input, learner, at)) };
  });

  const arrived = arrivedOf(judged);
  await flagClaims(database, arrived, learners, at);
  const told = arrived.length > 0 ? messageOf(arrived, learners) : null;
  const { kept, states } = await keep(database, arrived, { at, channel, message: JSON.stringify(told) });
  const changes = await changesOf(database, learners, kept, states);
  const done = doneMessage(changes);
  if (changes.length > 0) await finish(database, changes, { at, channel, message: done });

  const fresh = new Map(kept.map(({ enrolmentId, events }) => [enrolmentId, new Set(events.map(({ id }) => id))]));
  const byId = new Map(changes.map((change) => [change.learner.id, change]));
  return {
    recorded: judged.map((each, index) =>
      each
        ? answerOf(each, fresh.get(each.learner.id), byId.get(each.learner.id), at)
        : { resolved: found[index] as Resolved, learner: null },
    ),
    told: told && { ...told, ...done },
  };
}

/** Events wait, and points where contests may count what was done. */
const doneMessage = (changes: readonly Change[]): BusMessage => ({
  ...(changes.length > 0 && { outbox: true }),
  ...(changes.some(({ learner }) => learner.programId !== null) && { intake: true }),
});

function messageOf(arrived: readonly Arrived[], learners: ReadonlyMap<string, Learner>): BusMessage {
  const message = changeMessage(arrived.map(({ enrolmentId }) => learners.get(enrolmentId) as Learner));
  // A lesson may have become suspect: that is an event.
  const isFlagged = arrived.some(({ events }) => events.some(({ suspect }) => suspect));
  return isFlagged ? { ...message, outbox: true } : message;
}

/** Groups what is to be kept by learner, each event once. */
function arrivedOf(judged: readonly (Judged | null)[]): Arrived[] {
  const byLearner = new Map<string, { learner: Learner; events: Map<string, KeptEvent> }>();
  for (const each of judged) {
    if (!each) continue;
    const known = byLearner.get(each.learner.id) ?? { learner: each.learner, events: new Map<string, KeptEvent>() };
    for (const event of each.events) {
      if (typeof event !== 'string' && !known.events.has(event.id)) known.events.set(event.id, event);
    }
    if (known.events.size > 0) byLearner.set(each.learner.id, known);
  }
  return [...byLearner.values()].map(({ learner, events }) => arrivedWith(learner, [...events.values()]));
}

const arrivedWith = (learner: Pick<Learner, 'id' | 'participantId'>, events: readonly KeptEvent[]): Arrived => ({
  enrolmentId: learner.id,
  participantId: learner.participantId,
  events,
  folded: foldEvents(events),
  last: lastOf(events),
  claimedMs: claimedBy(events),
});

/** Flags what claims more video than there was time for since the learner began, all events together. */
async function flagClaims(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  arrived: Arrived[],
  learners: ReadonlyMap<string, Learner>,
  at: Date,
): Promise<void> {
  for (const [index, each] of arrived.entries()) {
    const learner = learners.get(each.enrolmentId) as Learner;
    const isBeyond = (ms: number) => isMoreThanTime(ms, at.getTime(), learner.enrolledAt.getTime());
    if (each.claimedMs === 0 || !isBeyond(learner.mediaMs + each.claimedMs)) continue;
    // What was there before claims nothing anew: only now is it worth looking.
    const ids = each.events.map(({ id }) => id);
    const before = await query<{ id: string }>(
      `select id from ${schema}.progress_event where enrolment_id = $1 and id = any($2::uuid[])`,
      [learner.id, ids],
    );
    const known = new Set(before.map(({ id }) => id));
    let claimed = learner.mediaMs;
    const events = each.events.map((event) => {
      if (known.has(event.id) || event.watched.length === 0) return event;
      claimed += claimedBy([event]);
      return isBeyond(claimed) ? { ...event, suspect: true } : event;
    });
    arrived[index] = arrivedWith(learner, events);
  }
}

/** Keeps what arrived. What was there before is left out, and what the rest comes to is merged without it. */
async function keep(
  database: Pick<Database, 'query' | 'schema'>,
  arrived: readonly Arrived[],
  how: { at: Date; channel: string | null; message: string },
): Promise<{ kept: readonly Arrived[]; states: NonNullable<Stored['states']> }> {
  if (arrived.length === 0) return { kept: [], states: [] };
  const stored = await store(database, arrived, { ...how, kept: false });
  if (stored.states) return { kept: arrived, states: stored.states };
  const fresh = new Set(stored.fresh.map(({ enrolmentId, id }) => `${enrolmentId} ${id}`));
  const kept = arrived
    .map((each) => ({ each, events: each.events.filter(({ id }) => fresh.has(`${each.enrolmentId} ${id}`)) }))
    .filter(({ events }) => events.length > 0)
    .map(({ each, events }) => arrivedWith({ id: each.enrolmentId, participantId: each.participantId }, events));
  if (kept.length === 0) return { kept, states: [] };
  const merged = await store(database, kept, { ...how, channel: null, kept: true });
  return { kept, states: merged.states ?? [] };
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
