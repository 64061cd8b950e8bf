import type { CourseNode } from '../../db/course-tables.ts';
import type { Availability } from '../expression.ts';
import { type Draft, eachNode, type Fault, faultAt } from './draft.ts';

/** Cohorts that the course does not have, of nodes and in what opens them. */
export function cohortFaults({ nodes, cohorts }: Draft): Fault[] {
  if (cohorts === null) return [];
  const known = new Set(cohorts);
  const unknown = (names: readonly string[], index: number, path: string) =>
    names.flatMap((name, place) =>
      known.has(name)
        ? []
        : [faultAt(index, `${path}/${place}`, `must be a cohort of the course: there is no "${name}"`)],
    );
  const inside = (opens: Availability, index: number, path: string): Fault[] => {
    if (opens.kind === 'cohort') return unknown(opens.cohorts, index, `${path}/cohorts`);
    if (opens.kind === 'not') return inside(opens.of as Availability, index, `${path}/of`);
    if (opens.kind !== 'all' && opens.kind !== 'any') return [];
    return (opens.of as Availability[]).flatMap((each, place) => inside(each, index, `${path}/of/${place}`));
  };
  return eachNode(nodes, (node: CourseNode, index) => [
    ...unknown(node.cohorts, index, 'cohorts'),
    ...(node.opens === null ? [] : inside(node.opens, index, 'opens')),
  ]);
}
