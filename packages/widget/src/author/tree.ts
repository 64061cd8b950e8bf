import { freeSlug, idsOf } from './ids.ts';
import type { CourseNode } from './node.ts';

/**
 * Moves in the tree of a course. It is one list in the order of the page: each node is followed by all that is in it.
 * Nothing here changes what it is given.
 */
export type Nodes = readonly CourseNode[];

/** Where a node may go: into `parent` (`null`: the course itself), before the child `before` (`null`: at its end). */
export interface Place {
  parent: string | null;
  before: string | null;
}

/** A direction to move in by the keyboard. */
export type Step = 'up' | 'down' | 'in' | 'out';

export const childrenOf = (nodes: Nodes, parent: string | null): CourseNode[] =>
  nodes.filter((node) => node.parent === parent);

/** The nodes in the order of the page, whatever the order they came in; what hangs on no parent is put at the end. */
export function inOrder(nodes: Nodes): CourseNode[] {
  const ids = idsOf(nodes);
  const inside = new Map<string | null, CourseNode[]>();
  for (const node of nodes) {
    const parent = node.parent !== null && ids.has(node.parent) ? node.parent : null;
    inside.set(parent, [...(inside.get(parent) ?? []), parent === node.parent ? node : { ...node, parent }]);
  }
  const found: CourseNode[] = [];
  const walk = (parent: string | null) => {
    for (const node of inside.get(parent) ?? []) {
      found.push(node);
      walk(node.id);
    }
  };
  walk(null);
  return found;
}

/** A node and all that is in it. */
export function branch(nodes: Nodes, id: string): CourseNode[] {
  const within = new Set([id]);
  return nodes.filter((node) => {
    if (node.parent !== null && within.has(node.parent)) within.add(node.id);
    return within.has(node.id);
  });
}

/** How deep a node stands, from 1. */
export function depthOf(nodes: Nodes, id: string): number {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  let depth = 0;
  for (let node = byId.get(id); node; node = node.parent === null ? undefined : byId.get(node.parent)) depth += 1;
  return depth;
}

/** The list with a branch put at a place; the same list where it cannot go there. */
export function moveTo(nodes: Nodes, id: string, { parent, before }: Place): Nodes {
  const moving = branch(nodes, id);
  const ids = idsOf(moving);
  const target = parent === null ? null : nodes.find((node) => node.id === parent);
  if (moving.length === 0 || target === undefined || target?.type === 'lesson' || (parent && ids.has(parent))) {
    return nodes;
  }
  if (before !== null && (ids.has(before) || nodes.find((node) => node.id === before)?.parent !== parent)) return nodes;
  return put(
    nodes.filter((node) => !ids.has(node.id)),
    moving.map((node) => (node.id === id ? { ...node, parent } : node)),
    { parent, before },
  );
}

/** The list with a branch that is not in it yet at a place. */
export function put(nodes: Nodes, added: Nodes, { parent, before }: Place): CourseNode[] {
  const last = parent === null ? undefined : branch(nodes, parent).at(-1);
  const end = last ? nodes.indexOf(last) + 1 : nodes.length;
  const at = before === null ? end : nodes.findIndex((node) => node.id === before);
  return [...nodes.slice(0, at), ...added, ...nodes.slice(at)];
}

/** Where a step leads; `null` where there is no such step. */
export function stepFrom(nodes: Nodes, id: string, step: Step): Place | null {
  const node = nodes.find((each) => each.id === id);
  if (!node) return null;
  const siblings = childrenOf(nodes, node.parent);
  const at = siblings.indexOf(node);
  const above = siblings[at - 1];
  if (step === 'up') return above ? { parent: node.parent, before: above.id } : null;
  if (step === 'down') {
    return siblings[at + 1] ? { parent: node.parent, before: siblings[at + 2]?.id ?? null } : null;
  }
  if (step === 'in') return above?.type === 'unit' ? { parent: above.id, before: null } : null;
  const parent = nodes.find((each) => each.id === node.parent);
  if (!parent) return null;
  const uncles = childrenOf(nodes, parent.parent);
  return { parent: parent.parent, before: uncles[uncles.indexOf(parent) + 1]?.id ?? null };
}

/** Without a branch. */
export function without(nodes: Nodes, id: string): CourseNode[] {
  const ids = idsOf(branch(nodes, id));
  return nodes.filter((node) => !ids.has(node.id));
}

/** Where a node stands, to put it back there. */
export function placeOf(nodes: Nodes, id: string): Place {
  const parent = nodes.find((node) => node.id === id)?.parent ?? null;
  const siblings = childrenOf(nodes, parent);
  return { parent, before: siblings[siblings.findIndex((node) => node.id === id) + 1]?.id ?? null };
}

/**
 * The list with a copy of a branch after it, under ids of its own; and the id of the copy.
 * @param used - ids that the copy may not have either
 */
export function duplicate(
  nodes: Nodes,
  id: string,
  used: ReadonlySet<string> = new Set(),
): { nodes: CourseNode[]; id: string } {
  const taken = new Set([...idsOf(nodes), ...used]);
  const names = new Map<string, string>();
  const original = branch(nodes, id);
  for (const node of original) {
    const fresh = freeSlug(node.id, taken, node.type);
    taken.add(fresh);
    names.set(node.id, fresh);
  }
  const copy = original.map((node) => ({
    ...node,
    id: names.get(node.id) as string,
    parent: node.id === id ? node.parent : (names.get(node.parent ?? '') ?? null),
    // Contests know one completion by a name: a second one would earn twice.
    event: null,
  }));
  return { nodes: put(nodes, copy, placeOf(nodes, id)), id: names.get(id) as string };
}
