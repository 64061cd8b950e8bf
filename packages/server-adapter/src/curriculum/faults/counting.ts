import type { CourseNode } from '../../db/course-tables.ts';
import type { Curriculum } from '../curriculum.ts';
import { UncountableWeights, weigh } from '../weigh.ts';
import { audiencesOf, type Draft, eachNode, type Fault, faultAt, treeOf } from './draft.ts';

/** Choices that cannot be made. For drafts without faults of their tree. */
export function choiceFaults(draft: Draft): Fault[] {
  const curriculum = treeOf(draft);
  return eachNode(draft.nodes, (node, index) => [
    ...countFaults(curriculum, node, index),
    ...weightFaults(curriculum, node, index),
  ]);
}

function countFaults(curriculum: Curriculum, { id, type, choose }: CourseNode, index: number): Fault[] {
  if (choose === null || type === 'lesson') return [];
  const inside = curriculum.childrenOf(id);
  if (inside.some(({ type }) => type === 'unit')) {
    return [faultAt(index, 'choose', 'must be left out: there are units in it, and only lessons are chosen')];
  }
  const lessons = inside.filter(({ required, hidden }) => required && !hidden).length;
  return choose > lessons ? [faultAt(index, 'choose', `must be at most ${lessons}: so many lessons of it count`)] : [];
}

function weightFaults(curriculum: Curriculum, { weight, parent }: CourseNode, index: number): Fault[] {
  const unit = parent === null ? undefined : curriculum.node(parent);
  return weight !== null && unit && unit.choose !== null
    ? [faultAt(index, 'weight', 'must be left out: lessons to choose from count the same')]
    : [];
}

/** Weights too far apart to be counted, and nothing that counts for anybody. For drafts without other faults of their order. */
export function totalFaults(draft: Draft): Fault[] {
  const curriculum = treeOf(draft);
  try {
    const counts = audiencesOf(draft).map((cohort) => weigh(curriculum, cohort).total > 0);
    return counts.includes(true) ? [] : [{ pointer: '/nodes', detail: 'must have a lesson that counts' }];
  } catch (error) {
    if (!(error instanceof UncountableWeights)) throw error;
    return [
      { pointer: '/nodes', detail: 'must have weights that are closer together: these cannot be counted exactly' },
    ];
  }
}
