import { createHash } from 'node:crypto';
import type { MerkleSumRoot, ProofStep, Receipt } from '@laurelkit/sdk/draws';
import { letOthersIn } from '../let-others-in.ts';

/** An entry as it is a leaf: its id, and how much it weighs. */
export type Leaf = readonly [id: string, weight: number];

/** The Merkle-sum tree of a frozen contest, every node of it, so that a receipt costs only its path. */
export interface MerkleTree {
  readonly root: MerkleSumRoot;
  /** The receipt of an entry; `null` when it is not in the tree. */
  receiptOf(entryId: string): Receipt | null;
}

/** The nodes of one level, one after the other: 32 bytes of hash and eight of sum each. */
type Level = Buffer;

const nodeSize = 40;
const turn = 1_000;
const sumAt = 32;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

const leafHash = ([id, weight]: Leaf) =>
  sha256(Buffer.concat([Buffer.of(0), uint64(BigInt(weight)), Buffer.from(id, 'utf8')]));

/** Sum and hash of two neighbours go into the hash above them, in this order. */
const nodeHash = (left: Buffer, right: Buffer) =>
  sha256(
    Buffer.concat([
      Buffer.of(1),
      left.subarray(sumAt),
      left.subarray(0, sumAt),
      right.subarray(sumAt),
      right.subarray(0, sumAt),
    ]),
  );

const nodeOf = (level: Level, index: number) => level.subarray(index * nodeSize, (index + 1) * nodeSize);
const sumOf = (node: Buffer) => node.readBigUInt64BE(sumAt);

async function leavesOf(entries: readonly Leaf[]): Promise<Level> {
  const level = Buffer.alloc(entries.length * nodeSize);
  for (const [index, entry] of entries.entries()) {
    leafHash(entry).copy(level, index * nodeSize);
    level.writeBigUInt64BE(BigInt(entry[1]), index * nodeSize + sumAt);
    if (index % turn === turn - 1) await letOthersIn();
  }
  return level;
}

/** The level above: neighbours by two; a last one without a neighbour goes up as it is (RFC 6962, 2.1). */
async function above(level: Level): Promise<Level> {
  const count = level.length / nodeSize;
  const next = Buffer.alloc(Math.ceil(count / 2) * nodeSize);
  for (let index = 0; index < count; index += 2) {
    const [left, at] = [nodeOf(level, index), (index / 2) * nodeSize];
    if (index + 1 === count) {
      left.copy(next, at);
      continue;
    }
    const right = nodeOf(level, index + 1);
    nodeHash(left, right).copy(next, at);
    next.writeBigUInt64BE(sumOf(left) + sumOf(right), at + sumAt);
    if (index % turn === turn - 2) await letOthersIn();
  }
  return next;
}

function rootOf(top: Buffer | null, count: number): MerkleSumRoot {
  const sum = top ? sumOf(top) : 0n;
  const hash = top ? top.subarray(0, sumAt) : sha256(Buffer.alloc(0));
  const bytes = sha256(Buffer.concat([Buffer.of(2), uint64(BigInt(count)), uint64(sum), hash]));
  return { hash: bytes.toString('hex'), sum: Number(sum), count };
}

/** Where an id is, or would be, among sorted ones. */
function placeOf(entries: readonly Leaf[], id: string): number {
  let [from, to] = [0, entries.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((entries[middle]?.[0] ?? '') < id) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Builds the tree that `merkleSumRoot` and `merkleSumReceipts` of the SDK describe, bit for bit, with the platform's SHA-256
 * and without holding up requests.
 * @param entries - sorted by id; ids are ASCII, so that UTF-16 and bytes sort alike
 */
export async function growTree(entries: readonly Leaf[]): Promise<MerkleTree> {
  const levels = [await leavesOf(entries)];
  for (let level = levels[0] as Level; level.length > nodeSize; ) {
    level = await above(level);
    levels.push(level);
  }
  const top = levels.at(-1) as Level;
  const root = rootOf(top.length > 0 ? top : null, entries.length);

  const proofOf = (leaf: number): ProofStep[] =>
    levels.slice(0, -1).flatMap((level, height) => {
      const index = leaf >> height;
      const isRight = index % 2 === 1;
      const neighbour = nodeOf(level, isRight ? index - 1 : index + 1);
      if (neighbour.length === 0) return [];
      const hash = neighbour.toString('hex', 0, sumAt);
      return [{ side: isRight ? 'left' : 'right', hash, sum: Number(sumOf(neighbour)) } as const];
    });

  return {
    root,
    receiptOf: (entryId) => {
      const leaf = placeOf(entries, entryId);
      const entry = entries[leaf];
      return entry?.[0] === entryId ? { entryId, weight: entry[1], root, proof: proofOf(leaf) } : null;
    },
  };
}
