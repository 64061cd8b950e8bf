import type { CourseNode } from '../../db/course-tables.ts';
import type { Curriculum } from '../curriculum.ts';
import { nodesOf } from '../expression.ts';
import { previousStep } from '../sequence.ts';
import { isVisible } from '../visible.ts';
import { audiencesOf, type Draft, type Fault, faultAt, treeOf } from './draft.ts';

/** What waits for what: that a node opens, and that it is done. */
type Waiting = Map<string, Set<string>>;

const opened = (id: string) => `open ${id}`;
const done = (id: string) => `done ${id}`;

/**
 * Nodes that wait, directly or by others, for themselves: by what opens them, by the units they stand in, by what completes a
 * unit, and by the order of the course. Every branch of an expression counts, even where another one would do. For drafts
 * without faults of their tree.
 */
export function cycleFaults(draft: Draft): Fault[] {
  const curriculum = treeOf(draft);
  const faults = new Map<string, Fault>();
  for (const cohort of audiencesOf(draft)) {
    const stuck = withoutEnds(waitingOf(curriculum, cohort));
    draft.nodes.forEach(({ id, opens }, index) => {
      if (opens === null || !stuck.has(opened(id))) return;
      const wanted = nodesOf(opens).find((each) => stuck.has(done(each)));
      if (wanted === undefined) return;
      const detail = `must not wait for itself: "${wanted}" comes, directly or by others, after "${id}"`;
      faults.set(id, faultAt(index, 'opens', detail));
    });
  }
  return [...faults.values()];
}

function waitingOf(curriculum: Curriculum, cohort: string | null): Waiting {
  const waiting: Waiting = new Map();
  const waits = (one: string, other: string) => {
    waiting.set(one, (waiting.get(one) ?? new Set()).add(other));
  };
  const countsInParent = (node: CourseNode) => node.required && isVisible(curriculum, node, cohort);
  for (const node of curriculum.nodes) {
    if (node.parent !== null) {
      waits(opened(node.id), opened(node.parent));
      if (countsInParent(node)) waits(done(node.parent), done(node.id));
    }
    if (node.type === 'lesson') {
      waits(done(node.id), opened(node.id));
      const step = curriculum.sequential ? previousStep(curriculum, node.id, cohort) : null;
      if (step !== null) waits(opened(node.id), done(step));
    }
    for (const wanted of node.opens === null ? [] : nodesOf(node.opens)) waits(opened(node.id), done(wanted));
  }
  return waiting;
}

/** What is left when all is taken away that waits for nothing any more, and all that nothing waits for. */
function withoutEnds(waiting: Waiting): Set<string> {
  const turned: Waiting = new Map();
  for (const [one, others] of waiting) {
    for (const other of others) turned.set(other, (turned.get(other) ?? new Set()).add(one));
  }
  const left = new Set([...waiting.keys(), ...turned.keys()]);
  peel(left, waiting, turned);
  peel(left, turned, waiting);
  return left;
}

/** Takes away, one after the other, what waits for nothing that is left. */
function peel(left: Set<string>, waiting: Waiting, turned: Waiting): void {
  const counts = new Map(
    [...left].map((each) => [each, [...(waiting.get(each) ?? [])].filter((other) => left.has(other)).length]),
  );
  const free = [...left].filter((each) => counts.get(each) === 0);
  for (let each = free.pop(); each !== undefined; each = free.pop()) {
    left.delete(each);
    for (const other of turned.get(each) ?? []) {
      if (!left.has(other)) continue;
      const count = (counts.get(other) ?? 0) - 1;
      counts.set(other, count);
      if (count === 0) free.push(other);
    }
  }
}
