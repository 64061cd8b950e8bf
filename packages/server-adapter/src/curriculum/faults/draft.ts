import type { CourseNode } from '../../db/course-tables.ts';
import { type Curriculum, curriculumOf } from '../curriculum.ts';

/** A curriculum as it is being written: nothing of it need fit together. */
export interface Draft {
  nodes: readonly CourseNode[];
  /** Each lesson that counts opens when the one before it is done. */
  sequential: boolean;
  /** Slugs of the course's cohorts; `null` where they are not known, as in a file. */
  cohorts: readonly string[] | null;
  /** Ids that versions of the course had, with what they were last; nothing where there are none, as in a file. */
  former?: ReadonlyMap<string, CourseNode['type']>;
}

/** What is wrong with a draft. */
export interface Fault {
  /** A JSON pointer into the draft, such as `/nodes/3/opens`. */
  pointer: string;
  /** To be read as a sentence after what the pointer names. */
  detail: string;
}

/** The fault of a field of the node at `index`. */
export const faultAt = (index: number, field: string, detail: string): Fault => ({
  pointer: `/nodes/${index}/${field}`,
  detail,
});

/** The faults of each node by itself. */
export const eachNode = (nodes: readonly CourseNode[], faultsOf: (node: CourseNode, index: number) => Fault[]) =>
  nodes.flatMap(faultsOf);

/** The tree of a draft that has no faults of its tree. */
export const treeOf = ({ nodes, sequential }: Draft): Curriculum =>
  curriculumOf({ courseId: '', version: 0, sequential, nodes });

const mostUnknownCohorts = 20;

/** Who may learn by a draft, as far as it makes a difference to it: those without a cohort, and the cohorts it names. */
export function audiencesOf({ nodes, cohorts }: Draft): (string | null)[] {
  const named = new Set(nodes.flatMap((node) => [...node.cohorts, ...cohortsIn(node.opens)]));
  const known = cohorts ? cohorts.filter((each) => named.has(each)) : [...named].slice(0, mostUnknownCohorts);
  return [null, ...known];
}

function cohortsIn(opens: CourseNode['opens']): string[] {
  if (opens === null) return [];
  if (opens.kind === 'cohort') return opens.cohorts;
  if (opens.kind === 'all' || opens.kind === 'any') return (opens.of as CourseNode['opens'][]).flatMap(cohortsIn);
  return opens.kind === 'not' ? cohortsIn(opens.of as CourseNode['opens']) : [];
}

/** Whether a node is kept from everybody, by itself or by a unit it stands in. */
export const isHidden = (curriculum: Curriculum, node: CourseNode): boolean =>
  [node, ...curriculum.unitsOf(node.id)].some(({ hidden }) => hidden);
