import { sha256 } from '@noble/hashes/sha2';
import { bigEndian64, compareBytes, fromHex, join, toHex, utf8 } from './bytes.ts';
import type { DrawEntry } from './positions.ts';

/** What is published at the freeze: it binds every entry, its weight, and how many there are. */
export interface MerkleSumRoot {
  /** 64 hexadecimal digits. */
  hash: string;
  /** All tickets. */
  sum: number;
  count: number;
}

/** A neighbour on the way from a leaf to the root. */
export interface ProofStep {
  side: 'left' | 'right';
  hash: string;
  sum: number;
}

/** With it anybody can show that an entry is in a root with its weight, without seeing any other. */
export interface Receipt {
  entryId: string;
  weight: number;
  root: MerkleSumRoot;
  proof: ProofStep[];
}

interface Node {
  hash: Uint8Array;
  sum: bigint;
}

/** Whether a number can stand for tickets without losing any. */
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function leafOf({ id, weight }: DrawEntry): Node {
  if (!isCount(weight) || weight < 1) throw new RangeError(`A weight must be a whole number from 1, not ${weight}.`);
  return { hash: sha256(join(Uint8Array.of(0), bigEndian64(BigInt(weight)), utf8(id))), sum: BigInt(weight) };
}

const nodeOf = (left: Node, right: Node): Node => ({
  hash: sha256(join(Uint8Array.of(1), bigEndian64(left.sum), left.hash, bigEndian64(right.sum), right.hash)),
  sum: left.sum + right.sum,
});

const rootOf = (top: Node, count: number): MerkleSumRoot => ({
  hash: toHex(sha256(join(Uint8Array.of(2), bigEndian64(BigInt(count)), bigEndian64(top.sum), top.hash))),
  sum: Number(top.sum),
  count,
});

const nothing: Node = { hash: sha256(new Uint8Array()), sum: 0n };

/** The largest power of two below a number of leaves (RFC 6962, 2.1): where a tree is split. */
const splitOf = (count: number): number => 1 << (31 - Math.clz32(count - 1));

/** Entries by the bytes of their ids: the one order of leaves. */
export function leafOrder(entries: readonly DrawEntry[]): DrawEntry[] {
  const sorted = entries
    .map((entry) => ({ entry, key: utf8(entry.id) }))
    .sort((one, other) => compareBytes(one.key, other.key))
    .map(({ entry }) => entry);
  const twin = sorted.find(({ id }, index) => id === sorted[index + 1]?.id);
  if (twin) throw new TypeError(`"${twin.id}" takes part twice.`);
  return sorted;
}

/** The top of a range of leaves. */
function fold(leaves: readonly Node[], from: number, to: number): Node {
  if (to - from === 0) return nothing;
  if (to - from === 1) return leaves[from] as Node;
  const middle = from + splitOf(to - from);
  return nodeOf(fold(leaves, from, middle), fold(leaves, middle, to));
}

/**
 * The root of a Merkle-sum tree over entries, whatever order they are given in: a hash of which every node carries the sum
 * of the weights below it.
 * @throws TypeError when an id comes twice, RangeError for a weight that is no whole number from 1
 */
export function merkleSumRoot(entries: readonly DrawEntry[]): MerkleSumRoot {
  const leaves = leafOrder(entries).map(leafOf);
  return rootOf(fold(leaves, 0, leaves.length), leaves.length);
}

/** The receipts of all entries, by id. */
export function merkleSumReceipts(entries: readonly DrawEntry[]): Map<string, Receipt> {
  const sorted = leafOrder(entries);
  const leaves = sorted.map(leafOf);
  const proofs = leaves.map((): ProofStep[] => []);
  const step = (side: ProofStep['side'], { hash, sum }: Node): ProofStep => ({
    side,
    hash: toHex(hash),
    sum: Number(sum),
  });
  const climb = (from: number, to: number): Node => {
    if (to - from <= 1) return fold(leaves, from, to);
    const middle = from + splitOf(to - from);
    const [left, right] = [climb(from, middle), climb(middle, to)];
    for (let index = from; index < middle; index++) proofs[index]?.push(step('right', right));
    for (let index = middle; index < to; index++) proofs[index]?.push(step('left', left));
    return nodeOf(left, right);
  };
  const root = rootOf(climb(0, leaves.length), leaves.length);
  return new Map(
    sorted.map(({ id, weight }, index) => [id, { entryId: id, weight, root, proof: proofs[index] as ProofStep[] }]),
  );
}

/**
 * Whether a receipt shows that its entry is in the root it names, with its weight. Compare the root with the published one.
 * Never throws: what cannot be read is not valid.
 */
export function verifyReceipt(receipt: Receipt): boolean {
  try {
    const { entryId, weight, root, proof } = receipt;
    if (![root.sum, root.count].every(isCount)) return false;
    let node = leafOf({ id: entryId, weight });
    for (const { side, hash, sum } of proof) {
      const neighbour = { hash: fromHex(hash), sum: BigInt(sum) };
      if (!isCount(sum) || neighbour.hash.length !== 32) return false;
      if (side === 'left') node = nodeOf(neighbour, node);
      else if (side === 'right') node = nodeOf(node, neighbour);
      else return false;
    }
    const computed = rootOf(node, root.count);
    return computed.hash === root.hash && computed.sum === root.sum;
  } catch {
    return false;
  }
}
