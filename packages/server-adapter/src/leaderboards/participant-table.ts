import { type UuidWords, writeUuid } from './uuid-words.ts';

/** Participants with their score and sequence number, each in a slot: plain numbers, so that a million stay small. */
export interface ParticipantTable {
  /** By slot. Read them anew after `add`: growing replaces them. */
  readonly scores: Float64Array;
  readonly seqs: Float64Array;
  readonly count: number;
  readonly bytes: number;
  /** The slot of a participant, or -1. */
  find(id: UuidWords): number;
  /** Gives a participant who has none a slot, with score and sequence number 0. */
  add(id: UuidWords): number;
  idAt(slot: number): string;
}

/** Mixes all four words: those of a UUIDv7 begin with the time, so none alone spreads well. */
function hashOf(a: number, b: number, c: number, d: number): number {
  const mixed = a ^ Math.imul(b, 0xc2b2ae35) ^ Math.imul(c, 0x85ebca6b) ^ Math.imul(d, 0x9e3779b1);
  const spread = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return spread ^ (spread >>> 13);
}

const fewest = 16;

/** Makes a table with room for `capacity` participants; it grows by half when that is used up. */
export function createParticipantTable(capacity: number): ParticipantTable {
  let room = Math.max(fewest, capacity);
  let words = new Uint32Array(room * 4);
  let scores = new Float64Array(room);
  let seqs = new Float64Array(room);
  let count = 0;
  // Open addressing with linear probing, at most half full; 0 is empty, otherwise the slot and one.
  let places = new Int32Array(0);

  const placeOf = (a: number, b: number, c: number, d: number): number => {
    const mask = places.length - 1;
    for (let place = hashOf(a, b, c, d) & mask; ; place = (place + 1) & mask) {
      const slot = (places[place] as number) - 1;
      if (slot < 0) return place;
      const at = slot * 4;
      if (words[at + 3] === d && words[at + 2] === c && words[at + 1] === b && words[at] === a) return place;
    }
  };

  const place = (slot: number) => {
    const at = slot * 4;
    const [a, b, c, d] = [words[at], words[at + 1], words[at + 2], words[at + 3]] as [number, number, number, number];
    places[placeOf(a, b, c, d)] = slot + 1;
  };

  const makePlaces = () => {
    places = new Int32Array(2 ** Math.ceil(Math.log2(room * 2)));
    for (let slot = 0; slot < count; slot++) place(slot);
  };

  const grow = () => {
    room = Math.ceil(room * 1.5);
    const [oldWords, oldScores, oldSeqs] = [words, scores, seqs];
    words = new Uint32Array(room * 4);
    words.set(oldWords);
    scores = new Float64Array(room);
    scores.set(oldScores);
    seqs = new Float64Array(room);
    seqs.set(oldSeqs);
    if (places.length < room * 2) makePlaces();
  };

  makePlaces();
  return {
    get scores() {
      return scores;
    },
    get seqs() {
      return seqs;
    },
    get count() {
      return count;
    },
    get bytes() {
      return words.byteLength + scores.byteLength + seqs.byteLength + places.byteLength;
    },
    find: (id) => (places[placeOf(id[0] as number, id[1] as number, id[2] as number, id[3] as number)] as number) - 1,
    add: (id) => {
      if (count === room) grow();
      const slot = count++;
      words.set(id, slot * 4);
      place(slot);
      return slot;
    },
    idAt: (slot) => writeUuid(words, slot * 4),
  };
}
