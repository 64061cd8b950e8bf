import { branch, type Nodes, type Place } from './tree.ts';

/** A row of the tree as it is shown: what is folded is not. */
export interface ShownRow {
  id: string;
  parent: string | null;
  type: 'unit' | 'lesson';
  /** From 1. */
  depth: number;
}

/**
 * Where something that is dragged would go, between the rows `gap - 1` and `gap` of those shown, when the pointer is as far
 * in as `depth`. The nearest depth that makes sense is taken.
 */
export function dropAt(nodes: Nodes, rows: readonly ShownRow[], id: string, gap: number, depth: number): Place | null {
  const moving = new Set(branch(nodes, id).map((node) => node.id));
  const rest = rows.filter((row) => !moving.has(row.id));
  const at = gap - rows.slice(0, gap).filter((row) => moving.has(row.id)).length;
  const above = rest[at - 1];
  const below = rest[at];
  const deepest = above ? above.depth + (above.type === 'unit' ? 1 : 0) : 1;
  const wanted = Math.max(below?.depth ?? 1, Math.min(depth, deepest));
  if (!above) return { parent: null, before: below?.id ?? null };
  const byId = new Map(rest.map((row) => [row.id, row]));
  // Up from the row above, to the one that stands as deep.
  let sibling: ShownRow | undefined = above;
  if (wanted > above.depth) return { parent: above.id, before: firstIn(nodes, above.id, moving) };
  while (sibling && sibling.depth > wanted) sibling = byId.get(sibling.parent ?? '');
  if (!sibling) return null;
  return { parent: sibling.parent, before: nextOf(nodes, sibling, moving) };
}

function firstIn(nodes: Nodes, parent: string, moving: ReadonlySet<string>): string | null {
  return nodes.find((node) => node.parent === parent && !moving.has(node.id))?.id ?? null;
}

function nextOf(nodes: Nodes, { id, parent }: ShownRow, moving: ReadonlySet<string>): string | null {
  const siblings = nodes.filter((node) => node.parent === parent && (node.id === id || !moving.has(node.id)));
  return siblings[siblings.findIndex((node) => node.id === id) + 1]?.id ?? null;
}

/** The rows that are shown when `folded` units are. */
export function shownRows(nodes: Nodes, folded: ReadonlySet<string>): ShownRow[] {
  const depths = new Map<string | null, number>([[null, 0]]);
  const rows: ShownRow[] = [];
  for (const { id, parent, type } of nodes) {
    const depth = depths.get(parent);
    if (depth === undefined) continue;
    rows.push({ id, parent, type, depth: depth + 1 });
    if (!folded.has(id)) depths.set(id, depth + 1);
  }
  return rows;
}
