import { createOrder } from './order.ts';
import { createParticipantTable } from './participant-table.ts';
import type { Place } from './rank.ts';
import { readUuid, type UuidWords, uuidWords } from './uuid-words.ts';

/** A row of a board in memory. */
export interface RankedRow extends Place {
  /** Of the participant, on this board for as long as it is there: `idAt` says whose. */
  slot: number;
  score: number;
  seq: number;
}

/**
 * A board in memory: everybody's score and the exact order of those who have points. Scores and sequence numbers are safe
 * integers; a sequence number belongs to one participant, as the ledger's do. About 60 bytes a participant.
 */
export interface Ranking {
  /** How many have points. */
  readonly size: number;
  readonly bytes: number;
  /** Sets a score and the sequence number at which it was reached. Below 1 it is kept, but has no place. */
  set(participant: UuidWords, score: number, seq: number): void;
  /** Adds points given at `seq`; nothing for a participant who is there already or further. */
  credit(participant: UuidWords, points: number, seq: number): void;
  find(participantId: string): { score: number; seq: number } | null;
  /** Where a participant stands; `null` without points. */
  place(participantId: string): Place | null;
  /** How many rows stand at or before (score, seq), which need not be there: where a page after it begins. */
  through(score: number, seq: number): number;
  /** Rows from a position (from 0) on, at most `count`. */
  stretch(from: number, count: number): RankedRow[];
  /** The id of the participant of a slot. */
  idAt(slot: number): string;
}

/** Makes an empty board with room for `capacity` participants. */
export function createRanking({ capacity = 1024, blockSize = 512 } = {}): Ranking {
  const table = createParticipantTable(capacity);
  const order = createOrder(table, blockSize);
  const words = uuidWords();

  const move = (slot: number, score: number, seq: number) => {
    if ((table.scores[slot] as number) > 0) order.remove(slot);
    table.scores[slot] = score;
    table.seqs[slot] = seq;
    if (score > 0) order.insert(slot);
  };

  const slotOf = (participant: UuidWords) => {
    const known = table.find(participant);
    return known < 0 ? table.add(participant) : known;
  };

  return {
    get size() {
      return order.size;
    },
    get bytes() {
      return table.bytes + order.bytes;
    },
    set: (participant, score, seq) => move(slotOf(participant), score, seq),
    credit: (participant, points, seq) => {
      const slot = slotOf(participant);
      if ((table.seqs[slot] as number) < seq) move(slot, (table.scores[slot] as number) + points, seq);
    },
    find: (participantId) => {
      const slot = table.find(readUuid(participantId, words));
      return slot < 0 ? null : { score: table.scores[slot] as number, seq: table.seqs[slot] as number };
    },
    place: (participantId) => {
      const slot = table.find(readUuid(participantId, words));
      const score = slot < 0 ? 0 : (table.scores[slot] as number);
      if (score <= 0) return null;
      const { position, higher, higherScores, same } = order.placeOf(score, table.seqs[slot] as number);
      return { rank: higher + 1, denseRank: higherScores + 1, ordinal: position + 1, tiedWith: same - 1 };
    },
    through: (score, seq) => order.before(score, seq + 1),
    stretch: (from, count) => {
      const rows: RankedRow[] = [];
      let place = { rank: 0, denseRank: 0, tiedWith: 0 };
      let last: number | undefined;
      for (const { slot, score, seq } of order.slice(from, count)) {
        const ordinal = from + rows.length + 1;
        if (score !== last) {
          const above =
            last === undefined ? order.above(score) : { higher: ordinal - 1, higherScores: place.denseRank };
          const tiedWith = order.before(score, Number.POSITIVE_INFINITY) - above.higher - 1;
          place = { rank: above.higher + 1, denseRank: above.higherScores + 1, tiedWith };
          last = score;
        }
        const { rank, denseRank, tiedWith } = place;
        rows.push({ slot, score, seq, rank, denseRank, ordinal, tiedWith });
      }
      return rows;
    },
    idAt: table.idAt,
  };
}
