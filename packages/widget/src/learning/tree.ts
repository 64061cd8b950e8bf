import type { Node } from './state.ts';

/** A node with what stands below it. */
export interface Branch {
  node: Node;
  children: Branch[];
}

/** The flat list of an outline as a tree, in the order of the page; a node whose parent is not there stands at the top. */
export function treeOf(nodes: readonly Node[]): Branch[] {
  const branches = new Map<string, Branch>();
  const top: Branch[] = [];
  for (const node of nodes) {
    const branch = { node, children: [] };
    branches.set(node.id, branch);
    (branches.get(node.parent ?? '')?.children ?? top).push(branch);
  }
  return top;
}

/** The units around a node, the nearest first. */
export function around(nodes: readonly Node[], id: string | null | undefined): string[] {
  const parents = new Map(nodes.map(({ id: each, parent }) => [each, parent]));
  const units: string[] = [];
  for (let at = parents.get(id ?? ''); at && !units.includes(at); at = parents.get(at)) units.push(at);
  return units;
}

/** The lessons of a list of nodes. */
export const lessonsOf = (nodes: readonly Node[]): Node[] => nodes.filter(({ type }) => type === 'lesson');
