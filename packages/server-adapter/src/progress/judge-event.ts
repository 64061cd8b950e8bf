import type { progressRefusals } from '@laurelkit/sdk/contract';
import { type Interval, union } from '@laurelkit/sdk/progress';
import { isTooEarly } from '../curriculum/availability.ts';
import { isChecked, isToCome, ruleOf } from '../curriculum/completion.ts';
import type { Curriculum } from '../curriculum/curriculum.ts';
import type { KeptEvent } from '../curriculum/fold.ts';
import type { Learner } from '../curriculum/learner.ts';
import { isVisible } from '../curriculum/visible.ts';
import { localDay } from '../curriculum/zoned-time.ts';
import { type Claim, isImplausible } from './claims.ts';
import type { EventInput, ProgressInput } from './input.ts';

export type Refusal = (typeof progressRefusals)[number];

const ofTheHost: readonly string[] = ['scored', 'submitted', 'signed_off', 'happened'];
/** Shorter stretches are what jumping about leaves behind; without end they would fill a row. */
const shortestMilliseconds = 100;

/**
 * Makes of an event what is kept of it, or says why it is refused. The device's clock is never believed beyond the arrival: what
 * it says is moved back as a whole, so that a clock that is fast loses nothing.
 */
export function judgeEvent(
  event: EventInput,
  { isHost, actor }: Pick<ProgressInput, 'isHost' | 'actor'>,
  learner: Learner,
  at: Date,
): KeptEvent | Refusal {
  const { enrolledAt } = learner;
  const shown = shownIn(event.lesson, learner);
  if (shown.length === 0) return 'lesson_not_found';
  if (!isAllowed(event.kind, isHost, learner, event.lesson)) return 'kind_not_allowed';
  if (isIncomplete(event)) return 'field_missing';
  const segments = (event.kind === 'watched' ? (event.segments ?? []) : []) as [number, number][];
  if (segments.some(([from, to]) => from >= to)) return 'segments_invalid';
  if (shown.every((version) => isClosed(version, event, learner, at))) return 'lesson_locked';

  const arrival = at.getTime();
  const until = Date.parse(event.occurredAt);
  const occurredAt = Math.min(until, arrival);
  const from = isTimed(event) && event.from !== undefined ? Date.parse(event.from) : null;
  const rate = event.rate ?? 100;
  const timeZone = event.timeZone ?? learner.timeZone;
  const claim: Claim = { from, until, segments, rate };
  return {
    id: event.id.toLowerCase(),
    lesson: event.lesson,
    kind: event.kind,
    occurredAt,
    receivedAt: arrival,
    timeZone,
    day: localDay(new Date(occurredAt), timeZone),
    device: event.device ?? null,
    spent: from !== null && from < until ? spentOf(from, until, occurredAt) : null,
    watched: union(segments).filter(([start, end]) => end - start >= shortestMilliseconds),
    rate: event.kind === 'watched' ? rate : null,
    positionMs: event.kind === 'watched' || event.kind === 'position' ? (event.positionMs ?? null) : null,
    score: event.kind === 'scored' ? (event.score ?? null) : null,
    name: event.kind === 'happened' ? (event.name ?? null) : null,
    suspect: (!isHost || from !== null) && isImplausible(claim, arrival, enrolledAt.getTime()),
    actor,
  };
}

/** The versions in which the learner sees a lesson, of all they were pinned to: a device that was offline knows of no other. */
const shownIn = (lesson: string, { pinned, cohort }: Learner): Curriculum[] =>
  pinned.filter((version) => {
    const node = version.node(lesson);
    return node?.type === 'lesson' && isVisible(version, node, cohort);
  });

/** Whether the clock is in the way: it has not opened the lesson, or the session that is ticked off is still to come. */
function isClosed(version: Curriculum, { kind, lesson }: EventInput, learner: Learner, now: Date): boolean {
  if (isTooEarly(version, lesson, { ...learner, now })) return true;
  const node = version.node(lesson);
  return kind === 'checked' && node !== undefined && isToCome(node, now);
}

const isTimed = ({ kind }: EventInput) => kind === 'spent' || kind === 'watched';

const spentOf = (from: number, until: number, occurredAt: number): Interval => [
  from - (until - occurredAt),
  occurredAt,
];

function isAllowed(kind: string, isHost: boolean, { pinned }: Learner, lesson: string): boolean {
  if (ofTheHost.includes(kind)) return isHost;
  const nodes = pinned.flatMap((version) => version.node(lesson) ?? []);
  if (kind === 'checked') return nodes.some((node) => isChecked(ruleOf(node), 'learner'));
  return kind !== 'watched' || nodes.some(({ video }) => video !== null);
}

function isIncomplete({ kind, from, segments, positionMs, score, name }: EventInput): boolean {
  switch (kind) {
    case 'spent':
      return from === undefined;
    case 'watched':
      return from === undefined || segments === undefined;
    case 'position':
      return positionMs === undefined;
    case 'scored':
      return score === undefined;
    case 'happened':
      return name === undefined;
    default:
      return false;
  }
}
