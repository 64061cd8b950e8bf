import type { nodeStates } from '@laurelkit/sdk/contract';
import type { CourseNode } from '../db/course-tables.ts';
import { completionOf } from './completion.ts';
import type { Curriculum } from './curriculum.ts';
import { type LessonState, untouched } from './lesson-state.ts';
import { percentOf, weigh } from './weigh.ts';

/** What is kept of a learner in one version, as far as it decides where they stand. */
export interface KeptNodes {
  curriculum: Curriculum;
  cohort: string | null;
  lessonOf(id: string): { state: LessonState; completedAt: Date | null } | undefined;
  unitOf(id: string): { earned: number; completedAt: Date | null } | undefined;
  /** Lessons that something is known of, and the units they stand in. */
  begun: ReadonlySet<string>;
}

/** Where a learner stands in a lesson or unit. */
export interface NodeStanding {
  state: (typeof nodeStates)[number];
  percent: number;
  completedAt: Date | null;
}

/**
 * Where a learner stands in a lesson or unit, for whoever asks.
 *
 * The percentage of a unit is what is earned of what counts in it now: one that was done before there was more in it stays done,
 * and says how much of it is. A lesson is at 100 only when it is done: what was done before its time counts once what comes
 * before is.
 */
export function standOf(kept: KeptNodes, node: CourseNode, isLocked: boolean): NodeStanding {
  const { completedAt = null } = (node.type === 'lesson' ? kept.lessonOf(node.id) : kept.unitOf(node.id)) ?? {};
  const percent = node.type === 'lesson' ? lessonPercent(kept, node) : unitPercent(kept, node);
  if (completedAt) return { state: 'done', percent, completedAt };
  return { state: isLocked ? 'locked' : kept.begun.has(node.id) ? 'started' : 'open', percent, completedAt };
}

/** Lessons that something is known of, and the units they stand in. */
export const begunIn = (curriculum: Curriculum, lessons: Iterable<string>): Set<string> =>
  new Set([...lessons].flatMap((id) => [id, ...curriculum.unitsOf(id).map((unit) => unit.id)]));

/** How far a learner is in the whole course, of what counts in it now. */
export function percentOfCourse(
  { curriculum, cohort }: Pick<KeptNodes, 'curriculum' | 'cohort'>,
  earned: number,
): number {
  const { total } = weigh(curriculum, cohort);
  return percentOf(Math.min(earned, total), total);
}

function lessonPercent({ lessonOf }: KeptNodes, node: CourseNode): number {
  const { state = untouched, completedAt = null } = lessonOf(node.id) ?? {};
  return completedAt ? 100 : Math.min(99, Math.floor(100 * completionOf(node, state).share));
}

function unitPercent({ curriculum, cohort, unitOf }: KeptNodes, { id }: CourseNode): number {
  const most = weigh(curriculum, cohort).ofUnit(id);
  return percentOf(Math.min(unitOf(id)?.earned ?? 0, most), most);
}
