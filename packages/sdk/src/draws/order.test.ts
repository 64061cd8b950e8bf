import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from './bytes.ts';
import { drawnOrder, milestoneOf, needsChance } from './order.ts';
import { drawOrder, drawPositions } from './positions.ts';

const chance = { salt: utf8('salt'), randomness: utf8('randomness') };
const prizes = [{ name: 'Cup', winners: 1 }];
const terms = { prizes, ...chance };
const entries = [
  { id: 'late', weight: 7, seq: 9 },
  { id: 'best', weight: 9, seq: 8 },
  { id: 'early', weight: 7, seq: 3 },
  { id: 'last', weight: 5, seq: 1 },
];
const many = fc
  .uniqueArray(fc.stringMatching(/^[\w-]{1,16}$/), { maxLength: 30 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id, seq) =>
        fc.record({ id: fc.constant(id), seq: fc.constant(seq), weight: fc.integer({ min: 1, max: 5 }) }),
      ),
    ),
  );
const kind = fc.constantFrom('leaderboard', 'raffle', 'milestone', 'waitlist', 'league', 'instant_win');
const tiePolicy = fc.constantFrom('earliest', 'shared', 'draw');

describe('the order of a contest', () => {
  it('is by points, equal ones by who reached them first', () => {
    expect(drawnOrder({ ...terms, kind: 'leaderboard', tiePolicy: 'earliest', entries, randomness: null })).toEqual([
      { id: 'best', rank: 1 },
      { id: 'early', rank: 2 },
      { id: 'late', rank: 3 },
      { id: 'last', rank: 4 },
    ]);
  });

  it('gives equal points one rank where they share prizes', () => {
    const order = drawnOrder({ ...terms, kind: 'league', tiePolicy: 'shared', entries, randomness: null });
    expect(order.map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
    expect(order.map(({ id }) => id)).toEqual(['best', 'early', 'late', 'last']);
  });

  it('lets chance decide between equal points, and between nobody else', () => {
    const winners = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const order = drawnOrder({
        ...terms,
        kind: 'leaderboard',
        tiePolicy: 'draw',
        entries,
        randomness: utf8(`${seed}`),
      });
      expect([order[0]?.id, order[3]?.id]).toEqual(['best', 'last']);
      expect(order.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
      winners.add(order[1]?.id ?? '');
    }
    expect(winners).toEqual(new Set(['early', 'late']));
  });

  it('is drawn by tickets in a raffle', () => {
    expect(drawnOrder({ ...terms, kind: 'raffle', tiePolicy: 'earliest', entries }).map(({ id }) => id)).toEqual(
      drawOrder(drawPositions({ ...chance, entries })),
    );
  });

  it('has the highest milestone first, then who reached it first, and nobody who reached none', () => {
    const at = (points: number) => ({ name: `${points}`, winners: 1, atPoints: points });
    const order = drawnOrder({
      ...terms,
      prizes: [at(6), at(9)],
      kind: 'milestone',
      tiePolicy: 'draw',
      entries,
      randomness: null,
    });
    expect(order).toEqual([
      { id: 'best', rank: 1 },
      { id: 'early', rank: 2 },
      { id: 'late', rank: 3 },
    ]);
    expect([5, 6, 8, 9, 10].map((weight) => milestoneOf(weight, [at(6), at(9)]))).toEqual([0, 6, 6, 9, 9]);
  });

  it('needs chance only where it decides something', () => {
    const distinct = entries.slice(1);
    expect(needsChance({ kind: 'raffle', tiePolicy: 'earliest', entries })).toBe(true);
    expect(needsChance({ kind: 'raffle', tiePolicy: 'draw', entries: [] })).toBe(false);
    expect(needsChance({ kind: 'leaderboard', tiePolicy: 'draw', entries })).toBe(true);
    expect(needsChance({ kind: 'leaderboard', tiePolicy: 'draw', entries: distinct })).toBe(false);
    expect(needsChance({ kind: 'leaderboard', tiePolicy: 'shared', entries })).toBe(false);
    expect(needsChance({ kind: 'milestone', tiePolicy: 'draw', entries })).toBe(false);
    expect(() => drawnOrder({ ...terms, kind: 'raffle', tiePolicy: 'draw', entries, randomness: null })).toThrow(
      'Chance',
    );
  });

  it('does not depend on how entries are listed, and a missing one moves nobody else', () => {
    const milestones = [{ name: 'Cup', winners: 1, atPoints: 2 }];
    fc.assert(
      fc.property(kind, tiePolicy, many, fc.nat(), (eachKind, eachPolicy, all, pick) => {
        const order = (given: typeof all) =>
          drawnOrder({ ...terms, prizes: milestones, kind: eachKind, tiePolicy: eachPolicy, entries: given }).map(
            ({ id }) => id,
          );
        expect(order(all.toReversed())).toEqual(order(all));
        const gone = all[pick % Math.max(1, all.length)]?.id;
        expect(order(all.filter(({ id }) => id !== gone))).toEqual(order(all).filter((id) => id !== gone));
        const reached = eachKind === 'milestone' ? all.filter(({ weight }) => weight >= 2) : all;
        expect(order(all).toSorted()).toEqual(reached.map(({ id }) => id).toSorted());
      }),
    );
  });
});
