import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byStanding, rankStretch } from './rank.ts';

const boards = fc
  .array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 })
  .chain((scores) =>
    fc
      .shuffledSubarray([...scores.keys()], { minLength: scores.length })
      .map((seqs) => scores.map((score, index) => ({ score, seq: seqs[index] ?? 0 })).sort(byStanding)),
  );

/** The ranks as their definitions have them, by counting. */
const naive = (board: { score: number; seq: number }[]) =>
  board.map((row) => ({
    rank: 1 + board.filter(({ score }) => score > row.score).length,
    denseRank: 1 + new Set(board.filter(({ score }) => score > row.score).map(({ score }) => score)).size,
    ordinal: 1 + board.filter((other) => byStanding(other, row) < 0).length,
    tiedWith: board.filter(({ score }) => score === row.score).length - 1,
  }));

describe('rankStretch', () => {
  it('gives any stretch of any board the ranks of the whole board', () => {
    fc.assert(
      fc.property(boards, fc.nat(), fc.nat(), (board, a, b) => {
        const from = a % board.length;
        const to = from + 1 + (b % (board.length - from));
        const first = board[from] as { score: number; seq: number };
        const higher = board.filter(({ score }) => score > first.score);
        const stretch = board.slice(from, to).map((row) => ({
          ...row,
          sameScore: board.filter(({ score }) => score === row.score).length,
        }));
        const ranked = rankStretch(stretch, {
          higher: higher.length,
          higherScores: new Set(higher.map(({ score }) => score)).size,
          tiedBefore: board.filter(({ score, seq }) => score === first.score && seq < first.seq).length,
        });
        expect(ranked).toEqual(stretch.map((row, index) => ({ ...row, ...naive(board)[from + index] })));
      }),
    );
  });

  it('ranks 9, 7, 7, 5 as 1 2 2 4, 1 2 2 3 and 1 2 3 4', () => {
    const rows = [9, 7, 7, 5].map((score, seq) => ({ score, seq, sameScore: score === 7 ? 2 : 1 }));
    const ranked = rankStretch(rows, { higher: 0, higherScores: 0, tiedBefore: 0 });
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
    expect(ranked.map(({ denseRank }) => denseRank)).toEqual([1, 2, 2, 3]);
    expect(ranked.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4]);
    expect(ranked.map(({ tiedWith }) => tiedWith)).toEqual([0, 1, 1, 0]);
  });

  it('answers nothing for nothing', () => {
    expect(rankStretch([], { higher: 0, higherScores: 0, tiedBefore: 0 })).toEqual([]);
  });
});
