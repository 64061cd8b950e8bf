import type { Block } from './store.ts';

/** An item of a list with the items below it. */
export interface ItemTree {
  block: Block;
  inside: ItemTree[];
}

/** What stands together. */
export type Group =
  | { kind: 'one'; block: Block }
  | { kind: 'items'; items: ItemTree[] }
  | { kind: 'rows'; blocks: Block[] }
  | { kind: 'quotes'; blocks: Block[] };

/** Items that follow one another as a tree, by how deep each stands; a step of several levels is one. */
export function itemTree(blocks: readonly Block[]): ItemTree[] {
  const top: ItemTree[] = [];
  const path: ItemTree[] = [];
  for (const block of blocks) {
    while (path.length > 0 && (path.at(-1) as ItemTree).block.level >= block.level) path.pop();
    const item: ItemTree = { block, inside: [] };
    (path.at(-1)?.inside ?? top).push(item);
    path.push(item);
  }
  return top;
}

const numbered = ({ number }: Block) => number !== null;

/** Whether a block goes on with the list, table or quote that the one before it belongs to. */
function goesOn(before: Block, block: Block, first: Block): boolean {
  if (before.kind !== block.kind) return false;
  if (block.kind === 'row') return !block.header || before.header;
  if (block.kind === 'quote') return true;
  // A list of the other sort at the same depth is another list.
  return block.kind === 'item' && (block.level > first.level || numbered(block) === numbered(first));
}

/** How deep each heading stands, from 1, without a step left out: a text may begin with any level. */
export function depths(blocks: readonly Block[]): Map<Block, number> {
  const path: number[] = [];
  const depth = new Map<Block, number>();
  for (const block of blocks) {
    if (block.kind !== 'heading') continue;
    while (path.length > 0 && (path.at(-1) as number) >= block.level) path.pop();
    path.push(block.level);
    depth.set(block, path.length);
  }
  return depth;
}

/** Blocks that follow one another and are one list, table or quote, together. */
export function groupsOf(blocks: readonly Block[]): Group[] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    const [first, before] = [run?.[0], run?.at(-1)];
    if (run && first && before && goesOn(before, block, first)) run.push(block);
    else runs.push([block]);
  }
  return runs.map((run): Group => {
    const block = run[0] as Block;
    if (block.kind === 'item') return { kind: 'items', items: itemTree(run) };
    if (block.kind === 'row') return { kind: 'rows', blocks: run };
    if (block.kind === 'quote') return { kind: 'quotes', blocks: run };
    return { kind: 'one', block };
  });
}
