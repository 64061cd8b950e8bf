import type { CourseNode } from '../../db/course-tables.ts';
import type { Curriculum } from '../curriculum.ts';
import type { Availability } from '../expression.ts';
import { isVisible, outlookOf } from '../visible.ts';
import { audiencesOf, type Draft, eachNode, type Fault, faultAt, treeOf } from './draft.ts';

/**
 * What counts though it can close before it is done: whoever came too late, or did too much, could never be at 100 %. For drafts
 * in which nothing waits for itself or for what is not there.
 */
export function closingFaults(draft: Draft): Fault[] {
  const curriculum = treeOf(draft);
  const audiences = audiencesOf(draft);
  return eachNode(draft.nodes, (node, index) => {
    const { opens } = node;
    if (opens === null) return [];
    const closes = audiences.some((each) => closesItself(curriculum, node, each) && isAsked(curriculum, node, each));
    if (!closes) return [];
    const what = canBeTakenBack(opens) ? 'it' : 'what it waits for';
    return [faultAt(index, 'opens', `must be of something optional: ${what} can close before it is done`)];
  });
}

/** Whether somebody of a cohort is asked to do a lesson, or one in a unit. */
function isAsked(curriculum: Curriculum, node: CourseNode, cohort: string | null): boolean {
  if (!isVisible(curriculum, node, cohort)) return false;
  if (![node, ...curriculum.unitsOf(node.id)].every(({ required }) => required)) return false;
  return node.type === 'lesson' || curriculum.childrenOf(node.id).some((child) => isAsked(curriculum, child, cohort));
}

/** Whether a node can close for another reason than that its unit can. */
function closesItself(curriculum: Curriculum, node: CourseNode, cohort: string | null): boolean {
  const [unit] = curriculum.unitsOf(node.id);
  return (
    outlookOf(curriculum, node, cohort) === 'unsure' && (!unit || outlookOf(curriculum, unit, cohort) !== 'unsure')
  );
}

const canBeTakenBack = (opens: Availability): boolean =>
  opens.kind === 'not' ||
  ((opens.kind === 'all' || opens.kind === 'any') && (opens.of as Availability[]).some(canBeTakenBack));
