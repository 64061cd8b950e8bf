import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rank } from '../../gallery/people.ts';
import { arrange, chase, type Own, placeOf, type Row } from './board.ts';

const people = fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.integer({ min: 1, max: 20 })), {
  minLength: 1,
  maxLength: 60,
});

const ownOf = (rows: Row[], index: number, around = 5): Own => {
  const row = rows[index] as Row;
  const { id, name, score, ordinal, denseRank, tiedWith } = row;
  return {
    window: 'all',
    startsAt: '',
    endsAt: '',
    state: 'live',
    seq: 1,
    participants: rows.length,
    hidden: false,
    standing: { id, name, score, ordinal, denseRank, tiedWith, rank: row.rank },
    around: rows.slice(Math.max(0, index - around), index + around + 1),
  };
};

const cases = fc.tuple(people, fc.nat(), fc.integer({ min: 1, max: 20 })).map(([list, pick, limit]) => {
  const rows = rank(list);
  return { rows, limit, index: pick % rows.length };
});

test('the reader’s row is there exactly once, and rows and gaps add up to their place', () => {
  fc.assert(
    fc.property(cases, ({ rows, limit, index }) => {
      const lines = arrange(rows.slice(0, limit), ownOf(rows, index));
      const ids = lines.map(({ row }) => row.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toContain(rows[index]?.id);
      let ordinal = 0;
      for (const line of lines) {
        expect(line.gap).toBeGreaterThanOrEqual(0);
        ordinal += line.gap + 1;
        expect(line.row.ordinal).toBe(ordinal);
      }
    }),
  );
});

test('stale neighbours never repeat a row nor hide the reader', () => {
  fc.assert(
    fc.property(cases, people, ({ rows, limit, index }, newer) => {
      const lines = arrange(rank(newer).slice(0, limit), ownOf(rows, index));
      const ids = lines.map(({ row }) => row.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toContain(rows[index]?.id);
    }),
  );
});

test('strangers see the rows alone', () => {
  fc.assert(
    fc.property(cases, ({ rows }) => {
      expect(arrange(rows, null)).toHaveLength(rows.length);
    }),
  );
});

test('the chase names the nearest better score, or for a sole leader the nearest worse', () => {
  fc.assert(
    fc.property(cases, ({ rows, index }) => {
      const place = placeOf(rows, ownOf(rows, index));
      if (!place) throw new Error('no place');
      const found = chase(place, rows);
      const better = rows.filter((row) => row.score > place.score);
      if (better.length > 0) {
        const nearest = Math.min(...better.map((row) => row.score));
        expect(found).toEqual({
          kind: 'behind',
          points: nearest - place.score,
          rank: rows.find((row) => row.score === nearest)?.rank,
        });
      } else if (found) expect([found.kind, place.rank, place.tiedWith]).toEqual(['leadBy', 1, 0]);
    }),
  );
});
