import {
  claimedBy,
  type FoldedLesson,
  foldEvents,
  type KeptEvent,
  lastOf,
  spentBy,
  stateOf,
  type Whereabouts,
} from '../curriculum/fold.ts';
import type { Learner } from '../curriculum/learner.ts';
import type { KeptUnit } from '../curriculum/newly-done.ts';
import { reckon, sumUp } from '../curriculum/reckon.ts';
import { percentOf } from '../curriculum/weigh.ts';
import type { KeptFold } from './read-history.ts';

/** All that is kept of an enrolment. */
export interface KeptEnrolment {
  learner: Learner;
  lessons: ReadonlyMap<string, KeptFold>;
  units: ReadonlyMap<string, KeptUnit>;
  last: { lesson: string; at: number } | null;
  /** Whether it was ever in another cohort: what was done there stays done, whatever this one asks for. */
  hasMoved: boolean;
}

/** What the events of an enrolment come to. */
export interface Replayed {
  lessons: ReadonlyMap<string, FoldedLesson>;
  done: ReadonlySet<string>;
  unitEarned: ReadonlyMap<string, number>;
  earned: number;
  total: number;
  percent: number;
  mediaMs: number;
  spentMs: number;
  suspect: boolean;
  last: { lesson: string; at: number } | null;
}

/** Works out from its events alone, in whatever order they come, how far an enrolment is. */
export function replay(kept: KeptEnrolment, events: readonly KeptEvent[]): Replayed {
  const { current, pinned, cohort } = kept.learner;
  const lessons = foldEvents(events);
  const states = new Map([...lessons].map(([id, folded]) => [id, stateOf(folded)]));
  const { done } = reckon({ current, versions: pinned, cohort, states, doneUnits: doneBefore(kept) });
  const { unitEarned, earned, total } = sumUp(current, cohort, done).earnings;
  return {
    lessons,
    done,
    unitEarned,
    earned,
    total,
    percent: percentOf(earned, total),
    mediaMs: claimedBy(events),
    spentMs: spentBy(events),
    suspect: events.some(({ suspect }) => suspect),
    last: lessonOf(lastOf(events)),
  };
}

/** The zone is left out: who enrols again may tell of another one. */
const lessonOf = (last: Whereabouts | null) => last && { lesson: last.lesson, at: last.at };

/** What was done by a version or in a cohort of before is nothing that events tell: it is taken as it is kept. */
function doneBefore({ learner, hasMoved, lessons, units }: KeptEnrolment): string[] {
  if (learner.pinned.length < 2 && !hasMoved) return [];
  return [
    ...[...lessons].filter(([, { completedAt }]) => completedAt !== null).map(([lesson]) => lesson),
    ...[...units].filter(([, { done }]) => done).map(([unit]) => unit),
  ];
}

/** Something kept that is not what the events come to. */
export interface Deviation {
  /** The lesson or unit; `null`: the enrolment. */
  node: string | null;
  /** What differs, such as `watched` or `earned`. */
  what: string;
  kept: string | null;
  counted: string | null;
}

/** Compares what is kept with what the events come to. */
export function deviations(kept: KeptEnrolment, replayed: Replayed): Deviation[] {
  return [...ofLessons(kept, replayed), ...ofUnits(kept, replayed), ...ofEnrolment(kept, replayed)];
}

const said = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

function compare(node: string | null, pairs: Record<string, readonly [kept: unknown, counted: unknown]>): Deviation[] {
  return Object.entries(pairs)
    .map(([what, [kept, counted]]) => ({ node, what, kept: said(kept), counted: said(counted) }))
    .filter((each) => each.kept !== each.counted);
}

const parts = [
  ...['viewedAt', 'spent', 'watched', 'position', 'score', 'submittedAt', 'checkedAt', 'signedOffAt', 'creditedAt'],
  ...['happened', 'firstAt', 'lastAt', 'suspect'],
] as (keyof FoldedLesson)[];

function ofLessons({ lessons }: KeptEnrolment, replayed: Replayed): Deviation[] {
  const all = new Set([...lessons.keys(), ...replayed.lessons.keys()]);
  return [...all].flatMap((lesson) => {
    const kept = lessons.get(lesson);
    const counted = replayed.lessons.get(lesson);
    return compare(lesson, {
      ...Object.fromEntries(parts.map((part) => [part, [kept?.[part], counted?.[part]] as const])),
      done: [kept ? kept.completedAt !== null : false, replayed.done.has(lesson)],
    });
  });
}

function ofUnits({ units }: KeptEnrolment, { unitEarned, done }: Replayed): Deviation[] {
  return [...new Set([...units.keys(), ...unitEarned.keys()])].flatMap((unit) =>
    compare(unit, {
      earned: [units.get(unit)?.earned ?? 0, unitEarned.get(unit) ?? 0],
      done: [units.get(unit)?.done ?? false, done.has(unit)],
    }),
  );
}

function ofEnrolment({ learner, last, hasMoved }: KeptEnrolment, replayed: Replayed): Deviation[] {
  const isComplete = replayed.total > 0 && replayed.earned === replayed.total;
  const stays = learner.pinned.length > 1 || hasMoved;
  return compare(null, {
    earned: [learner.earned, replayed.earned],
    total: [learner.total, replayed.total],
    percent: [percentOf(learner.earned, learner.total), replayed.percent],
    completed: [learner.completedAt !== null, isComplete || (stays && learner.completedAt !== null)],
    media: [learner.mediaMs, replayed.mediaMs],
    spent: [learner.spentMs, replayed.spentMs],
    suspect: [learner.suspect, replayed.suspect],
    last: [last, replayed.last],
  });
}
