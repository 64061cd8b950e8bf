import { type NodeStanding, standOf } from '../curriculum/node-standing.ts';
import type { CourseNode } from '../db/course-tables.ts';
import { type Locked, locksOf } from './locks.ts';
import type { View } from './view.ts';

/** Where a learner stands in a node, and what keeps it locked. */
export type NodeState = Locked & NodeStanding;

/** Where a learner stands in a lesson or unit. */
export function stateOf(view: View, node: CourseNode): NodeState {
  const locked = locksOf(view, node);
  return { ...locked, ...standOf(view.kept, node, locked.locks.length > 0) };
}
