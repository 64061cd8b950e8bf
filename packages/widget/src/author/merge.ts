import type { CourseNode } from './node.ts';
import { inOrder, type Nodes } from './tree.ts';

/** What became of nodes between two states of a draft, by their ids. */
export interface Difference {
  added: string[];
  removed: string[];
  changed: string[];
  /** Whether anything stands elsewhere. */
  moved: boolean;
}

const written = (node: CourseNode) => JSON.stringify({ ...node, parent: null });
const shape = (nodes: Nodes) => JSON.stringify(nodes.map(({ id, parent }) => [id, parent]));
const byId = (nodes: Nodes) => new Map(nodes.map((node) => [node.id, node]));

/** Whether two drafts say the same. */
export const isSame = (one: Nodes, other: Nodes): boolean =>
  one.length === other.length &&
  one.every((node, at) => node === other[at] || JSON.stringify(node) === JSON.stringify(other[at]));

/** What is another between two states of a draft. */
export function difference(before: Nodes, after: Nodes): Difference {
  const [old, now] = [byId(before), byId(after)];
  const stayed = (nodes: Nodes, other: Map<string, CourseNode>) => nodes.filter(({ id }) => other.has(id));
  return {
    added: after.filter(({ id }) => !old.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !now.has(id)).map(({ id }) => id),
    changed: stayed(after, old)
      .filter((node) => written(node) !== written(old.get(node.id) as CourseNode))
      .map(({ id }) => id),
    moved: shape(stayed(before, now)) !== shape(stayed(after, old)),
  };
}

/**
 * Two changes of one draft brought together: possible where they are about different nodes and at most one of them changed
 * the tree. `null` where somebody has to decide.
 */
export function merge(base: Nodes, mine: Nodes, theirs: Nodes): CourseNode[] | null {
  const [own, other] = [difference(base, mine), difference(base, theirs)];
  const rebuilt = ({ added, removed, moved }: Difference) => moved || added.length + removed.length > 0;
  if (rebuilt(own) && rebuilt(other)) return null;
  const [others, owns] = [new Set([...other.changed, ...other.removed]), byId(mine)];
  if ([...own.changed, ...own.removed].some((id) => others.has(id))) return null;
  if (other.changed.some((id) => !owns.has(id))) return null;
  const frame = rebuilt(own) ? mine : theirs;
  const [old, now] = [new Set(own.changed), byId(theirs)];
  return inOrder(
    frame.map((node) => {
      const content = old.has(node.id) ? owns.get(node.id) : (now.get(node.id) ?? node);
      return { ...(content as CourseNode), parent: node.parent };
    }),
  );
}
