/** Sums of a row of counts, kept while the counts change: a binary indexed tree (Fenwick, 1994). */
export interface Fenwick {
  /** Adds to the count at `index`, in logarithmic time. */
  add(index: number, difference: number): void;
  /** The sum of the counts before `index`. */
  before(index: number): number;
  /** The index of the count that holds unit number `unit` (from 0), or how many counts there are when none does. */
  find(unit: number): number;
  /** Begins again with these counts, in linear time. */
  rebuild(counts: readonly number[]): void;
  readonly bytes: number;
}

/** Makes the sums of no counts. */
export function createFenwick(): Fenwick {
  let tree = new Int32Array(64);
  let size = 0;
  return {
    add: (index, difference) => {
      for (let node = index + 1; node <= size; node += node & -node) tree[node] = (tree[node] as number) + difference;
    },
    before: (index) => {
      let sum = 0;
      for (let node = index; node > 0; node -= node & -node) sum += tree[node] as number;
      return sum;
    },
    find: (unit) => {
      let node = 0;
      let left = unit;
      for (let step = 1 << (31 - Math.clz32(size || 1)); step > 0; step >>= 1) {
        const next = node + step;
        if (next <= size && (tree[next] as number) <= left) {
          node = next;
          left -= tree[next] as number;
        }
      }
      return node;
    },
    rebuild: (counts) => {
      size = counts.length;
      if (tree.length <= size) tree = new Int32Array(size * 2);
      for (let node = 1; node <= size; node++) tree[node] = counts[node - 1] as number;
      for (let node = 1; node <= size; node++) {
        const parent = node + (node & -node);
        if (parent <= size) tree[parent] = (tree[parent] as number) + (tree[node] as number);
      }
    },
    get bytes() {
      return tree.byteLength;
    },
  };
}
