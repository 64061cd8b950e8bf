import type { CourseNode } from '../../db/course-tables.ts';
import type { Curriculum } from '../curriculum.ts';
import type { Availability } from '../expression.ts';
import { type Draft, eachNode, type Fault, faultAt, isHidden, treeOf } from './draft.ts';

/**
 * What opens a node by something that can never come: nodes that are not there, that nobody sees, that are the node itself or
 * in it, that have no score or nothing to be done. For drafts without faults of their tree.
 */
export function opensFaults(draft: Draft): Fault[] {
  const curriculum = treeOf(draft);
  const inside = (opens: Availability, node: CourseNode, index: number, path: string): Fault[] => {
    switch (opens.kind) {
      case 'completed':
      case 'score': {
        const detail = faultOf(curriculum, node, opens);
        return detail === null ? [] : [faultAt(index, `${path}/node`, detail)];
      }
      case 'all':
      case 'any':
        return (opens.of as Availability[]).flatMap((each, place) => inside(each, node, index, `${path}/of/${place}`));
      case 'not':
        return inside(opens.of as Availability, node, index, `${path}/of`);
      default:
        return [];
    }
  };
  return eachNode(draft.nodes, (node, index) => (node.opens === null ? [] : inside(node.opens, node, index, 'opens')));
}

function faultOf(
  curriculum: Curriculum,
  { id }: CourseNode,
  opens: { kind: 'completed' | 'score'; node: string },
): string | null {
  const wanted = curriculum.node(opens.node);
  if (!wanted) return `must be a node of the course: there is no "${opens.node}"`;
  if (wanted.id === id) return 'must be another node: nothing opens by itself';
  if (curriculum.unitsOf(wanted.id).some((unit) => unit.id === id)) {
    return `must not be in what it opens: "${wanted.id}" is`;
  }
  if (isHidden(curriculum, wanted)) return `must be a node that learners see: "${wanted.id}" is hidden`;
  if (opens.kind === 'score') return wanted.type === 'lesson' ? null : 'must be a lesson: units have no score';
  return wanted.type === 'lesson' || curriculum.lessons.some((lesson) => countsIn(curriculum, lesson, wanted))
    ? null
    : `must be a unit with lessons that count: "${wanted.id}" has none`;
}

const countsIn = (curriculum: Curriculum, lesson: CourseNode, unit: CourseNode) => {
  const places = curriculum.unitsOf(lesson.id);
  return places.includes(unit) && [lesson, ...places].every(({ required, hidden }) => required && !hidden);
};
