import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byStanding } from './rank.ts';
import { createRanking, type Ranking } from './ranking.ts';
import { readUuid, uuidWords, writeUuid } from './uuid-words.ts';

const idOf = (person: number) => `0190a000-0000-7000-8000-${person.toString(16).padStart(12, '0')}`;
const wordsOf = (person: number) => readUuid(idOf(person), uuidWords());

interface Entry {
  participantId: string;
  score: number;
  seq: number;
}

/** A board's rows by whom they are of. */
const rowsOf = (ranking: Ranking, from: number, count: number) =>
  ranking.stretch(from, count).map(({ slot, ...row }) => ({ participantId: ranking.idAt(slot), ...row }));

/** The whole board by sorting and counting. */
function naive(entries: Map<string, Entry>) {
  const board = [...entries.values()].filter(({ score }) => score > 0).sort(byStanding);
  return board.map((row, index) => ({
    ...row,
    rank: 1 + board.filter(({ score }) => score > row.score).length,
    denseRank: 1 + new Set(board.filter(({ score }) => score > row.score).map(({ score }) => score)).size,
    ordinal: index + 1,
    tiedWith: board.filter(({ score }) => score === row.score).length - 1,
  }));
}

const steps = fc.array(
  fc.record({
    person: fc.nat({ max: 40 }),
    // Few scores, so that many tie; those below 1 have no place.
    score: fc.integer({ min: -2, max: 6 }),
    credit: fc.boolean(),
    late: fc.nat({ max: 5 }),
  }),
  { minLength: 1, maxLength: 150 },
);

describe('a ranking', () => {
  it('is what sorting and counting say, after any operations in any order of sequence numbers', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(4, 5, 8, 512), fc.nat(), fc.nat({ max: 20 }), (list, blockSize, a, count) => {
        const ranking = createRanking({ capacity: 1, blockSize });
        const model = new Map<string, Entry>();
        // Every sequence number once, as in a ledger, but arriving out of order.
        const order = list.map((_, index) => index + 1).sort((x, y) => ((x * 7919 + a) % 101) - ((y * 7919 + a) % 101));
        for (const [index, { person, score, credit, late }] of list.entries()) {
          const participantId = idOf(person);
          const seq = (order[index] ?? 0) * 10 - late;
          const before = model.get(participantId) ?? { participantId, score: 0, seq: 0 };
          if (!credit) model.set(participantId, { participantId, score, seq });
          else if (seq > before.seq) model.set(participantId, { participantId, score: before.score + score, seq });
          else model.set(participantId, before);
          if (credit) ranking.credit(wordsOf(person), score, seq);
          else ranking.set(wordsOf(person), score, seq);
        }
        const board = naive(model);
        expect(ranking.size).toBe(board.length);
        expect(rowsOf(ranking, 0, 1000)).toEqual(board);
        const from = a % (board.length + 2);
        expect(rowsOf(ranking, from, count)).toEqual(board.slice(from, from + count));
        for (let person = 0; person <= 41; person++) {
          const { participantId, score, seq, ...place } = board.find((row) => row.participantId === idOf(person)) ?? {};
          expect(ranking.place(idOf(person))).toEqual(score === undefined ? null : place);
          const kept = model.get(idOf(person));
          expect(ranking.find(idOf(person))).toEqual(kept ? { score: kept.score, seq: kept.seq } : null);
        }
        for (const row of [...board, { score: 3, seq: a % 500 }, { score: 99, seq: 1 }, { score: 0, seq: 1 }]) {
          expect(ranking.through(row.score, row.seq)).toBe(board.filter((each) => byStanding(each, row) <= 0).length);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('survives filling up, emptying and filling again', () => {
    const ranking = createRanking({ capacity: 4, blockSize: 4 });
    const model = new Map<string, Entry>();
    let seq = 0;
    for (const score of [5, 0, 1, -3, 2]) {
      for (let person = 0; person < 500; person++) {
        const own = score > 0 ? score + (person % 7) : score;
        ranking.set(wordsOf(person), own, ++seq);
        model.set(idOf(person), { participantId: idOf(person), score: own, seq });
      }
      expect(rowsOf(ranking, 0, 1000)).toEqual(naive(model));
    }
  });

  it('says so when two participants have one sequence number, instead of ranking wrongly', () => {
    const ranking = createRanking();
    ranking.set(wordsOf(1), 5, 1);
    ranking.set(wordsOf(2), 5, 1);
    expect(() => {
      ranking.set(wordsOf(1), 6, 2);
      ranking.set(wordsOf(2), 6, 3);
    }).toThrow(/share/);
  });

  it('keeps each participant in less than 100 bytes', () => {
    const ranking = createRanking({ capacity: 200_000 });
    for (let person = 0; person < 200_000; person++) {
      ranking.set(wordsOf(person), 1 + ((person * 7919) % 5000), ((person * 104_729) % 200_000) + 1);
    }
    expect(ranking.size).toBe(200_000);
    expect(ranking.bytes / 200_000).toBeLessThan(100);
  });
});

describe('UUIDs as words', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(writeUuid(readUuid(id, uuidWords()))).toBe(id);
      }),
    );
  });
});
