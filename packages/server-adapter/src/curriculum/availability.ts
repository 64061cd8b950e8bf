import type { lockKinds } from '@laurelkit/sdk/contract';
import type { CourseNode } from '../db/course-tables.ts';
import type { Curriculum } from './curriculum.ts';
import { type Availability, nodesOf } from './expression.ts';
import { previousStep } from './sequence.ts';
import { addDays, instantAt, localDay } from './zoned-time.ts';

/** Why something is locked. */
export interface LockReason {
  kind: (typeof lockKinds)[number];
  node: string | null;
  atLeast: number | null;
  opensAt: Date | null;
}

/** Where a learner stands when it is asked what is open. */
export interface Situation {
  now: Date;
  /** Slug of the learner's cohort. */
  cohort: string | null;
  enrolledAt: Date;
  /** Of the cohort, else of the course; `null`: it starts for each with their enrolment. */
  startsAt: Date | null;
  /** Whose clock local times go by: the course's zone or the learner's, as the course says (`dripZone`). */
  zone: string;
  /** Lessons and units that are done. */
  done: ReadonlySet<string>;
  /** Best scores by lesson. */
  scores: ReadonlyMap<string, number>;
}

/** What an expression comes to. `opensAt`: when the clock alone opens it, where it does. */
interface Verdict {
  open: boolean;
  opensAt: Date | null;
  locks: LockReason[];
}

const isOpen: Verdict = { open: true, opensAt: null, locks: [] };
const lock = (reason: Partial<LockReason> & Pick<LockReason, 'kind'>): Verdict => ({
  open: false,
  opensAt: reason.opensAt ?? null,
  locks: [{ node: null, atLeast: null, opensAt: null, ...reason }],
});

/**
 * What keeps a lesson or unit locked for a learner: of itself, of the units it stands in, and of the order of the course.
 * @returns nothing where it is open; `opensAt` where nothing but the clock is in the way
 */
export function lockOf(curriculum: Curriculum, id: string, situation: Situation): Omit<Verdict, 'open'> {
  const verdict = all(conditionsOf(curriculum, id, situation.cohort).map((each) => judge(each, situation)));
  return { locks: verdict.locks, opensAt: verdict.opensAt };
}

/**
 * Whether what a learner did in a lesson may count, as far as prerequisites decide: what must be done first is done. Clocks are
 * left out (see `isTooEarly`), and so is `not`: what was done is never taken back. Grows with what is done.
 */
export function mayCount(
  curriculum: Curriculum,
  id: string,
  learner: Pick<Situation, 'cohort' | 'done' | 'scores'>,
): boolean {
  return conditionsOf(curriculum, id, learner.cohort).every((each) => holds(each, (leaf) => byWork(leaf, learner)));
}

/** Whether a lesson cannot be open yet by the clock alone, whatever was done. */
export function isTooEarly(curriculum: Curriculum, id: string, situation: Omit<Situation, 'done' | 'scores'>): boolean {
  const byClock = (leaf: Availability) => {
    const opensAt = opensAtOf(leaf, situation);
    return opensAt === undefined || opensAt <= situation.now;
  };
  return !conditionsOf(curriculum, id, situation.cohort).every((each) => holds(each, byClock));
}

/** The expressions that must all hold, with the order of the course among them. */
function conditionsOf(curriculum: Curriculum, id: string, cohort: string | null): Expression[] {
  const node = curriculum.node(id);
  const places = node ? [node, ...curriculum.unitsOf(id)] : [];
  const own = places.map(({ opens }) => opens).filter((opens): opens is Availability => opens !== null);
  const previous = curriculum.sequential ? previousStep(curriculum, id, cohort) : null;
  return previous === null ? own : [{ kind: 'sequence', node: previous }, ...own];
}

type Expression = Availability | { kind: 'sequence'; node: string };

function judge(expression: Expression, situation: Situation): Verdict {
  const { done, scores, cohort, now } = situation;
  switch (expression.kind) {
    case 'sequence':
    case 'completed':
      return done.has(expression.node) ? isOpen : lock({ kind: expression.kind, node: expression.node });
    case 'score': {
      const { node, atLeast } = expression;
      return (scores.get(node) ?? -1) >= atLeast ? isOpen : lock({ kind: 'score', node, atLeast });
    }
    case 'cohort':
      return cohort !== null && expression.cohorts.includes(cohort) ? isOpen : lock({ kind: 'cohort' });
    case 'all':
      return all((expression.of as Availability[]).map((each) => judge(each, situation)));
    case 'any':
      return any((expression.of as Availability[]).map((each) => judge(each, situation)));
    case 'not':
      return judge(expression.of as Availability, situation).open ? lock({ kind: 'not' }) : isOpen;
    default: {
      const opensAt = opensAtOf(expression, situation) ?? null;
      return opensAt !== null && opensAt <= now ? isOpen : lock({ kind: 'date', opensAt });
    }
  }
}

function all(verdicts: readonly Verdict[]): Verdict {
  const closed = verdicts.filter(({ open }) => !open);
  if (closed.length === 0) return isOpen;
  const times = closed.map(({ opensAt }) => opensAt?.getTime() ?? Number.NaN);
  const latest = Math.max(...times);
  return {
    open: false,
    opensAt: Number.isNaN(latest) ? null : new Date(latest),
    locks: closed.flatMap(({ locks }) => locks),
  };
}

function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.some(({ open }) => open)) return isOpen;
  const times = verdicts.map(({ opensAt }) => opensAt?.getTime() ?? Number.POSITIVE_INFINITY);
  const earliest = Math.min(...times);
  return {
    open: false,
    opensAt: Number.isFinite(earliest) ? new Date(earliest) : null,
    locks: verdicts.flatMap(({ locks }) => locks),
  };
}

/** The value of an expression whose leaves are judged by `leaf`; `not` always holds. */
function holds(expression: Expression, leaf: (expression: Availability) => boolean): boolean {
  switch (expression.kind) {
    case 'sequence':
      return leaf({ kind: 'completed', node: expression.node });
    case 'all':
      return (expression.of as Availability[]).every((each) => holds(each, leaf));
    case 'any':
      return (expression.of as Availability[]).some((each) => holds(each, leaf));
    case 'not':
      return true;
    default:
      return leaf(expression);
  }
}

function byWork(leaf: Availability, { done, scores, cohort }: Pick<Situation, 'cohort' | 'done' | 'scores'>): boolean {
  if (leaf.kind === 'completed') return done.has(leaf.node);
  if (leaf.kind === 'score') return (scores.get(leaf.node) ?? -1) >= leaf.atLeast;
  if (leaf.kind === 'cohort') return cohort !== null && leaf.cohorts.includes(cohort);
  return true;
}

/** When a condition of the clock opens; `undefined` for what is no condition of the clock. */
function opensAtOf(
  leaf: Availability,
  { zone, enrolledAt, startsAt }: Pick<Situation, 'zone' | 'enrolledAt' | 'startsAt'>,
): Date | undefined {
  if (leaf.kind === 'instant') return new Date(leaf.from);
  if (leaf.kind === 'date') return instantAt(leaf.from, zone);
  if (leaf.kind !== 'days') return undefined;
  // A course that never starts begins for each with their enrolment: nothing may wait for a day that does not come.
  const since = leaf.since === 'enrolment' ? enrolledAt : (startsAt ?? enrolledAt);
  // Zero days after is at once, not at the midnight before or after.
  if (leaf.days === 0 && leaf.at === '00:00') return since;
  const at = instantAt(`${addDays(localDay(since, zone), leaf.days)}T${leaf.at}`, zone);
  return new Date(Math.max(at.getTime(), since.getTime()));
}

/** The prerequisites of a node: those of itself and of the units it stands in, and the step before it. */
export const prerequisitesOf = (curriculum: Curriculum, { id }: CourseNode, cohort: string | null): string[] =>
  conditionsOf(curriculum, id, cohort).flatMap((each) => (each.kind === 'sequence' ? [each.node] : nodesOf(each)));
