import type { CourseNode } from '../../db/course-tables.ts';
import type { CompletionRule } from '../completion.ts';
import { type Draft, eachNode, type Fault, faultAt } from './draft.ts';

/** Rules that nothing a learner does could ever meet. */
export const ruleFaults = ({ nodes }: Draft): Fault[] =>
  eachNode(nodes, (node, index) =>
    node.type === 'lesson' && node.done !== null ? faultsIn(node.done, node, index, 'done') : [],
  );

function faultsIn(rule: CompletionRule, node: CourseNode, index: number, path: string): Fault[] {
  switch (rule.kind) {
    case 'watched':
    case 'gaps':
      return node.video === null ? [faultAt(index, path, 'cannot be met: the lesson has no video')] : [];
    case 'chapters':
      return node.video === null
        ? [faultAt(index, path, 'cannot be met: the lesson has no video')]
        : chapterFaults(rule.chapters, node.video, index, path);
    case 'all':
    case 'some': {
      const parts = rule.of as CompletionRule[];
      const inside = parts.flatMap((each, place) => faultsIn(each, node, index, `${path}/of/${place}`));
      return rule.kind === 'some' && rule.count > parts.length
        ? [faultAt(index, `${path}/count`, `must be at most ${parts.length}: so many there are`), ...inside]
        : inside;
    }
    default:
      return [];
  }
}

const chapterFaults = (
  wanted: readonly string[],
  { chapters }: NonNullable<CourseNode['video']>,
  index: number,
  path: string,
): Fault[] =>
  wanted.flatMap((id, place) => {
    const at = `${path}/chapters/${place}`;
    if (!chapters.some((each) => each.id === id))
      return [faultAt(index, at, `must be a chapter of the video: "${id}"`)];
    return wanted.indexOf(id) < place ? [faultAt(index, at, 'must be named once only')] : [];
  });
