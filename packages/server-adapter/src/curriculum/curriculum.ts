import type { CourseNode } from '../db/course-tables.ts';

/** A version of a course as a tree. Immutable. */
export interface Curriculum {
  courseId: string;
  version: number;
  /** Each lesson that counts opens when the one before it is done. */
  sequential: boolean;
  /** In the order of the page: a parent before its children. */
  nodes: readonly CourseNode[];
  node(id: string): CourseNode | undefined;
  /** The units a node stands in, the nearest first. */
  unitsOf(id: string): readonly CourseNode[];
  /** What stands directly in a unit; `null` for the course itself. */
  childrenOf(unit: string | null): readonly CourseNode[];
  /** The lessons in the order of the page. */
  lessons: readonly CourseNode[];
}

/** What a tree is made of: a stored version, or a draft that has no faults. */
export interface CurriculumSource {
  courseId: string;
  version: number;
  sequential: boolean;
  nodes: readonly CourseNode[];
}

/** Makes the tree of a version. What names a parent that is not there stands at the top. */
export function curriculumOf({ courseId, version, sequential, nodes }: CurriculumSource): Curriculum {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const units = new Map<string, readonly CourseNode[]>();
  const children = new Map<string | null, CourseNode[]>();
  for (const node of nodes) {
    const parent = node.parent === null ? undefined : byId.get(node.parent);
    units.set(node.id, parent ? [parent, ...(units.get(parent.id) ?? [])] : []);
    const siblings = children.get(parent?.id ?? null) ?? [];
    siblings.push(node);
    children.set(parent?.id ?? null, siblings);
  }
  return {
    courseId,
    version,
    sequential,
    nodes,
    node: (id) => byId.get(id),
    unitsOf: (id) => units.get(id) ?? [],
    childrenOf: (unit) => children.get(unit) ?? [],
    lessons: nodes.filter(({ type }) => type === 'lesson'),
  };
}
