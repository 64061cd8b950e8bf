import { type Interval, lengthOf, union } from '@laurelkit/sdk/progress';
import type { LessonState } from './lesson-state.ts';

/** A progress event as it is kept. Instants are milliseconds since 1970. */
export interface KeptEvent {
  id: string;
  lesson: string;
  /** As in the contract, or `credited`: what a new version counted as done. */
  kind: string;
  occurredAt: number;
  receivedAt: number;
  timeZone: string;
  /** The learner's local day. */
  day: string;
  device: string | null;
  /** In front of the learner. */
  spent: Interval | null;
  /** Milliseconds of the video's time: in order, apart from each other. */
  watched: readonly Interval[];
  rate: number | null;
  positionMs: number | null;
  score: number | null;
  name: string | null;
  suspect: boolean;
  actor: string;
}

/** Where a video was left, by which event. */
export interface Position {
  ms: number;
  at: number;
  id: string;
}

/** What all events of a lesson come to: each part is a join, so order, repetition and how they were split make no difference. */
export interface FoldedLesson {
  viewedAt: number | null;
  spent: readonly Interval[];
  watched: readonly Interval[];
  position: Position | null;
  score: number | null;
  submittedAt: number | null;
  checkedAt: number | null;
  signedOffAt: number | null;
  creditedAt: number | null;
  /** Sorted. */
  happened: readonly string[];
  firstAt: number;
  lastAt: number;
  suspect: boolean;
}

const least = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b));
const most = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));
const later = (a: Position | null, b: Position | null) => {
  if (a === null || b === null) return a ?? b;
  return a.at > b.at || (a.at === b.at && a.id >= b.id) ? a : b;
};

/** What one event says of its lesson. */
export function foldOf(event: KeptEvent): FoldedLesson {
  const { kind, occurredAt, positionMs } = event;
  const when = (wanted: string) => (kind === wanted ? occurredAt : null);
  return {
    viewedAt: when('viewed'),
    spent: event.spent ? [event.spent] : [],
    watched: event.watched,
    position: positionMs === null ? null : { ms: positionMs, at: occurredAt, id: event.id },
    score: kind === 'scored' ? event.score : null,
    submittedAt: when('submitted'),
    checkedAt: when('checked'),
    signedOffAt: when('signed_off'),
    creditedAt: when('credited'),
    happened: kind === 'happened' && event.name !== null ? [event.name] : [],
    firstAt: occurredAt,
    lastAt: occurredAt,
    suspect: event.suspect,
  };
}

/** The least state that holds all of these. */
export function joinLessons(parts: readonly FoldedLesson[]): FoldedLesson {
  const [first, ...rest] = parts;
  if (!first) throw new Error('nothing to join');
  if (rest.length === 0) return first;
  const over = <Value>(of: (part: FoldedLesson) => Value, join: (a: Value, b: Value) => Value) =>
    rest.reduce((value, part) => join(value, of(part)), of(first));
  return {
    viewedAt: over(({ viewedAt }) => viewedAt, least),
    spent: union(...parts.map(({ spent }) => spent)),
    watched: union(...parts.map(({ watched }) => watched)),
    position: over(({ position }) => position, later),
    score: over(({ score }) => score, most),
    submittedAt: over(({ submittedAt }) => submittedAt, least),
    checkedAt: over(({ checkedAt }) => checkedAt, least),
    signedOffAt: over(({ signedOffAt }) => signedOffAt, least),
    creditedAt: over(({ creditedAt }) => creditedAt, least),
    happened: [...new Set(parts.flatMap(({ happened }) => happened))].sort(),
    firstAt: over(({ firstAt }) => firstAt, Math.min),
    lastAt: over(({ lastAt }) => lastAt, Math.max),
    suspect: parts.some(({ suspect }) => suspect),
  };
}

/** The states of all lessons that these events are of. An id that comes again changes nothing. */
export function foldEvents(events: readonly KeptEvent[]): Map<string, FoldedLesson> {
  const byId = new Map<string, KeptEvent>();
  for (const event of events) if (!byId.has(event.id)) byId.set(event.id, event);
  const parts = new Map<string, FoldedLesson[]>();
  for (const event of byId.values()) {
    const known = parts.get(event.lesson);
    if (known) known.push(foldOf(event));
    else parts.set(event.lesson, [foldOf(event)]);
  }
  return new Map([...parts].map(([lesson, each]) => [lesson, joinLessons(each)]));
}

/** What rules go by, of a folded lesson. */
export const stateOf = (folded: FoldedLesson): LessonState => ({
  viewed: folded.viewedAt !== null,
  spentMs: lengthOf(folded.spent),
  watched: folded.watched,
  score: folded.score,
  submitted: folded.submittedAt !== null,
  checked: folded.checkedAt !== null,
  signedOff: folded.signedOffAt !== null,
  credited: folded.creditedAt !== null,
  happened: folded.happened,
});

/** What rules go by when more is folded into what is kept. `spent` is kept beside it, as intervals. */
export function grown(kept: LessonState, spent: readonly Interval[], more: FoldedLesson): LessonState {
  return {
    viewed: kept.viewed || more.viewedAt !== null,
    spentMs: lengthOf([...spent, ...more.spent]),
    watched: union(kept.watched, more.watched),
    score: most(kept.score, more.score),
    submitted: kept.submitted || more.submittedAt !== null,
    checked: kept.checked || more.checkedAt !== null,
    signedOff: kept.signedOff || more.signedOffAt !== null,
    credited: kept.credited || more.creditedAt !== null,
    happened: joinedNames(kept.happened, more.happened),
  };
}

const joinedNames = (a: readonly string[], b: readonly string[]): readonly string[] =>
  b.length === 0 ? a : [...new Set([...a, ...b])].sort();

/** Whether an event says that the learner themself learnt: then its day counts. Staff's word does not. */
export const isLearning = (kind: string): boolean => kind !== 'signed_off' && kind !== 'credited';

/** Where somebody was last. */
export interface Whereabouts {
  lesson: string;
  at: number;
  timeZone: string;
}

/** Where somebody was last: the later instant, of one instant the lesson, then the zone that comes last by name. */
export function lastOf(events: readonly KeptEvent[]): Whereabouts | null {
  let last: Whereabouts | null = null;
  for (const { kind, lesson, occurredAt: at, timeZone } of events) {
    if (isLearning(kind) && (!last || isAfter({ lesson, at, timeZone }, last))) last = { lesson, at, timeZone };
  }
  return last;
}

const isAfter = (a: Whereabouts, b: Whereabouts): boolean => {
  if (a.at !== b.at) return a.at > b.at;
  return a.lesson === b.lesson ? a.timeZone > b.timeZone : a.lesson > b.lesson;
};

/** Milliseconds of video that events claim, each by itself. */
export const claimedBy = (events: readonly Pick<KeptEvent, 'watched'>[]): number =>
  events.reduce((sum, { watched }) => sum + watched.reduce((all, [from, to]) => all + to - from, 0), 0);

/** Milliseconds that events claim to have been in front of the learner, each by itself. */
export const spentBy = (events: readonly Pick<KeptEvent, 'spent'>[]): number =>
  events.reduce((sum, { spent }) => (spent === null ? sum : sum + spent[1] - spent[0]), 0);
