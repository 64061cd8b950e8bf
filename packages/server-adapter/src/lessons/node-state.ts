import type { nodeStates } from '@laurelkit/sdk/contract';
import { completionOf } from '../curriculum/completion.ts';
import { untouched } from '../curriculum/lesson-state.ts';
import { percentOf, weigh } from '../curriculum/weigh.ts';
import type { CourseNode } from '../db/course-tables.ts';
import { type Locked, locksOf } from './locks.ts';
import type { View } from './view.ts';

/** Where a learner stands in a node. */
export interface NodeState extends Locked {
  state: (typeof nodeStates)[number];
  percent: number;
  completedAt: Date | null;
}

/** Where a learner stands in a lesson or unit. */
export function stateOf(view: View, node: CourseNode): NodeState {
  const { completedAt = null } = (node.type === 'lesson' ? view.states : view.units).get(node.id) ?? {};
  const locked = locksOf(view, node);
  const percent = node.type === 'lesson' ? lessonPercent(view, node) : unitPercent(view, node);
  const stateNow = completedAt
    ? 'done'
    : locked.locks.length > 0
      ? 'locked'
      : view.begun.has(node.id)
        ? 'started'
        : 'open';
  return { ...locked, state: stateNow, percent, completedAt };
}

/** 100 only when it is done: what was done before its time counts once what comes before is done. */
function lessonPercent({ states }: View, node: CourseNode): number {
  const state = states.get(node.id) ?? untouched;
  if ('completedAt' in state && state.completedAt) return 100;
  return Math.min(99, Math.floor(100 * completionOf(node, state).share));
}

function unitPercent({ curriculum, situation, units }: View, { id }: CourseNode): number {
  const unit = units.get(id);
  if (unit?.completedAt) return 100;
  return Math.min(99, percentOf(unit?.earned ?? 0, weigh(curriculum, situation.cohort).ofUnit(id)));
}
