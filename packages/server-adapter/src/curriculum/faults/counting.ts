import type { CourseNode } from '../../db/course-tables.ts';
import type { Curriculum } from '../curriculum.ts';
import { UncountableWeights, weigh } from '../weigh.ts';
import { audiencesOf, type Draft, eachNode, type Fault, faultAt, treeOf } from './draft.ts';

/**
 * What keeps a percentage from being counted: choices that cannot be made, weights too far apart, and nothing that counts for
 * anybody. For drafts without faults of their tree.
 */
export function countingFaults(draft: Draft): Fault[] {
  const curriculum = treeOf(draft);
  const choices = eachNode(draft.nodes, (node, index) => [
    ...choiceFaults(curriculum, node, index),
    ...weightFaults(curriculum, node, index),
  ]);
  return choices.length > 0 ? choices : totalFaults(curriculum, audiencesOf(draft));
}

function choiceFaults(curriculum: Curriculum, { id, choose }: CourseNode, index: number): Fault[] {
  if (choose === null) return [];
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

function totalFaults(curriculum: Curriculum, audiences: readonly (string | null)[]): Fault[] {
  try {
    const counts = audiences.map((cohort) => weigh(curriculum, cohort).total > 0);
    return counts.includes(true) ? [] : [{ pointer: '/nodes', detail: 'must have a lesson that counts' }];
  } catch (error) {
    if (!(error instanceof UncountableWeights)) throw error;
    return [
      { pointer: '/nodes', detail: 'must have weights that are closer together: these cannot be counted exactly' },
    ];
  }
}
