import { createFenwick } from './fenwick.ts';

/** The scores and sequence numbers that an order goes by, by slot. */
export interface Keys {
  readonly scores: Float64Array;
  readonly seqs: Float64Array;
}

/**
 * Slots in board order: higher score first, then lower sequence number. Positions count from 0.
 *
 * Sorted blocks of slots with sums over the blocks: finding, inserting and removing cost a binary search and a move inside
 * one block. A leader is a slot whose score differs from the one before it: counting leaders gives the dense rank.
 */
export interface Order {
  readonly size: number;
  readonly bytes: number;
  /** Puts a slot where its keys belong. No two slots may have the same keys. */
  insert(slot: number): void;
  /** Takes a slot out; its keys must be those it was inserted with. */
  remove(slot: number): void;
  /** How many stand before where (score, seq) stands or would stand. */
  before(score: number, seq: number): number;
  /** How many have a higher score than this one, and how many different scores those are. */
  above(score: number): { higher: number; higherScores: number };
  /** Where the entry with these keys stands: what `before` and `above` answer for it, and how many have its score. */
  placeOf(score: number, seq: number): { position: number; higher: number; higherScores: number; same: number };
  /** The entries from a position on, at most `count`. */
  slice(from: number, count: number): Entry[];
}

/** One place of an order. */
export interface Entry {
  slot: number;
  score: number;
  seq: number;
}

interface Block {
  slots: Int32Array;
  /** The keys of the slots, side by side: a search that jumped through the table would miss every cache. */
  scores: Float64Array;
  seqs: Float64Array;
  length: number;
  leaders: number;
}

/** Makes an empty order. `blockSize` is at least 4. */
export function createOrder(keys: Keys, blockSize = 512): Order {
  let blocks: Block[] = [];
  const lengths = createFenwick();
  const leaders = createFenwick();
  /** The keys of each block's first entry, side by side for the same reason. */
  let firstScores = new Float64Array(64);
  let firstSeqs = new Float64Array(64);
  let size = 0;
  /** Where `locate` has arrived: written there, read at once, so that no search makes garbage. */
  const spot = { block: 0, index: 0 };

  const makeBlock = (): Block => ({
    slots: new Int32Array(blockSize),
    scores: new Float64Array(blockSize),
    seqs: new Float64Array(blockSize),
    length: 0,
    leaders: 0,
  });

  const noteFirst = (position: number) => {
    const block = blocks[position] as Block;
    firstScores[position] = block.scores[0] as number;
    firstSeqs[position] = block.seqs[0] as number;
  };

  const resum = () => {
    lengths.rebuild(blocks.map((block) => block.length));
    leaders.rebuild(blocks.map((block) => block.leaders));
    if (firstScores.length < blocks.length) {
      firstScores = new Float64Array(blocks.length * 2);
      firstSeqs = new Float64Array(blocks.length * 2);
    }
    for (let position = 0; position < blocks.length; position++) noteFirst(position);
  };

  /** How many of the first `length` of these keys, which are in order, stand before (score, seq). */
  const search = (scores: Float64Array, seqs: Float64Array, length: number, score: number, seq: number): number => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const own = scores[middle] as number;
      if (own > score || (own === score && (seqs[middle] as number) < seq)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** Moves `spot` to the first entry that does not stand before (score, seq): past the last one when all do. */
  const locate = (score: number, seq: number): void => {
    spot.block = Math.max(0, search(firstScores, firstSeqs, blocks.length, score, seq) - 1);
    const block = blocks[spot.block];
    spot.index = block ? search(block.scores, block.seqs, block.length, score, seq) : 0;
    if (block && spot.index === block.length && spot.block + 1 < blocks.length) {
      spot.block += 1;
      spot.index = 0;
    }
  };

  const scoreBefore = (block: number, index: number): number | undefined => {
    if (index > 0) return blocks[block]?.scores[index - 1];
    const previous = blocks[block - 1];
    return previous?.scores[previous.length - 1];
  };

  const countLeaders = (position: number, from: number, to: number): number => {
    const { scores } = blocks[position] as Block;
    let count = 0;
    // Not a number where nothing stands before: it differs from every score, and the loop stays with plain numbers.
    let previous = scoreBefore(position, from) ?? Number.NaN;
    for (let index = from; index < to; index++) {
      const score = scores[index] as number;
      if (score !== previous) count += 1;
      previous = score;
    }
    return count;
  };

  /** Leaders among the first `index` entries of a block, counted from the nearer end. */
  const leadersBefore = (position: number, index: number): number => {
    const block = blocks[position] as Block;
    if (index <= block.length >> 1) return countLeaders(position, 0, index);
    return block.leaders - countLeaders(position, index, block.length);
  };

  /** How many have a higher score than this one, and how many different scores those are. */
  const above = (score: number) => {
    if (blocks.length === 0) return { higher: 0, higherScores: 0 };
    locate(score, Number.NEGATIVE_INFINITY);
    const { block, index } = spot;
    return {
      higher: lengths.before(block) + index,
      higherScores: leaders.before(block) + leadersBefore(block, index),
    };
  };

  /** How many have this score or a higher one. */
  const through = (score: number) => {
    locate(score, Number.POSITIVE_INFINITY);
    return lengths.before(spot.block) + spot.index;
  };

  const change = (position: number, length: number, leading: number) => {
    const block = blocks[position] as Block;
    block.length += length;
    block.leaders += leading;
    if (length !== 0) lengths.add(position, length);
    if (leading !== 0) leaders.add(position, leading);
  };

  /** How the number of leaders changes at an entry with this score and at the one after it, when the entry comes. */
  const leading = (score: number, before: number | undefined, after: number | undefined) => ({
    own: before !== score ? 1 : 0,
    next: after === undefined ? 0 : (after !== score ? 1 : 0) - (after !== before ? 1 : 0),
  });

  const split = (position: number) => {
    const full = blocks[position] as Block;
    const middle = full.length >> 1;
    const moved = countLeaders(position, middle, full.length);
    const second = makeBlock();
    second.slots.set(full.slots.subarray(middle, full.length));
    second.scores.set(full.scores.subarray(middle, full.length));
    second.seqs.set(full.seqs.subarray(middle, full.length));
    second.length = full.length - middle;
    second.leaders = moved;
    full.length = middle;
    full.leaders -= moved;
    blocks.splice(position + 1, 0, second);
    resum();
  };

  /** Joins a block that has become small with its neighbour, where both fit well; an empty one goes. */
  const join = (position: number) => {
    const block = blocks[position] as Block;
    if (block.length > blockSize >> 2) return;
    const first = position + 1 < blocks.length ? position : position - 1;
    const [left, right] = [blocks[first], blocks[first + 1]];
    if (block.length === 0) blocks.splice(position, 1);
    else if (left && right && left.length + right.length <= (blockSize * 3) >> 2) {
      left.slots.set(right.slots.subarray(0, right.length), left.length);
      left.scores.set(right.scores.subarray(0, right.length), left.length);
      left.seqs.set(right.seqs.subarray(0, right.length), left.length);
      left.length += right.length;
      left.leaders += right.leaders;
      blocks.splice(first + 1, 1);
    } else return;
    resum();
  };

  return {
    get size() {
      return size;
    },
    get bytes() {
      return blocks.length * blockSize * 20 + firstScores.byteLength * 2 + lengths.bytes + leaders.bytes;
    },

    insert: (slot) => {
      const score = keys.scores[slot] as number;
      const seq = keys.seqs[slot] as number;
      if (blocks.length === 0) {
        blocks = [makeBlock()];
        resum();
      }
      locate(score, seq);
      if (blocks[spot.block]?.length === blockSize) {
        split(spot.block);
        locate(score, seq);
      }
      const { block: position, index } = spot;
      const block = blocks[position] as Block;
      const after = index < block.length ? block.scores[index] : undefined;
      const { own, next } = leading(score, scoreBefore(position, index), after);
      block.slots.copyWithin(index + 1, index, block.length);
      block.scores.copyWithin(index + 1, index, block.length);
      block.seqs.copyWithin(index + 1, index, block.length);
      block.slots[index] = slot;
      block.scores[index] = score;
      block.seqs[index] = seq;
      if (index === 0) noteFirst(position);
      change(position, 1, own + next);
      size += 1;
    },

    remove: (slot) => {
      const score = keys.scores[slot] as number;
      locate(score, keys.seqs[slot] as number);
      const { block: position, index } = spot;
      const block = blocks[position];
      if (block?.slots[index] !== slot || index >= block.length) {
        throw new Error('Two participants of a board share a score and a sequence number.');
      }
      const inside = index + 1 < block.length;
      const after = inside ? block.scores[index + 1] : blocks[position + 1]?.scores[0];
      const { own, next } = leading(score, scoreBefore(position, index), after);
      block.slots.copyWithin(index, index + 1, block.length);
      block.scores.copyWithin(index, index + 1, block.length);
      block.seqs.copyWithin(index, index + 1, block.length);
      if (index === 0) noteFirst(position);
      change(position, -1, inside ? -own - next : -own);
      if (!inside && next !== 0) change(position + 1, 0, -next);
      size -= 1;
      join(position);
    },

    before: (score, seq) => {
      locate(score, seq);
      return lengths.before(spot.block) + spot.index;
    },

    above,

    placeOf: (score, seq) => {
      locate(score, seq);
      const { block: position, index } = spot;
      const { scores, length } = blocks[position] as Block;
      // Those with the same score are its neighbours, mostly in the same block.
      let first = index;
      while (first > 0 && scores[first - 1] === score) first -= 1;
      let next = index + 1;
      while (next < length && scores[next] === score) next += 1;
      const offset = lengths.before(position);
      const { higher, higherScores } =
        first === 0
          ? above(score)
          : { higher: offset + first, higherScores: leaders.before(position) + leadersBefore(position, first) };
      const end = next === length ? through(score) : offset + next;
      return { position: offset + index, higher, higherScores, same: end - higher };
    },

    slice: (from, count) => {
      const found: Entry[] = [];
      let position = lengths.find(from);
      let index = from - lengths.before(position);
      while (found.length < count) {
        const block = blocks[position];
        if (!block) break;
        if (index < block.length) {
          const [slot, score, seq] = [block.slots[index], block.scores[index], block.seqs[index]];
          found.push({ slot: slot as number, score: score as number, seq: seq as number });
          index += 1;
        } else {
          position += 1;
          index = 0;
        }
      }
      return found;
    },
  };
}
