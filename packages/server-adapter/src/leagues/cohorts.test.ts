import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Seat, seatNewcomers } from './cohorts.ts';

const newcomers = fc
  .array(fc.integer({ min: 1, max: 4 }), { maxLength: 300 })
  .map((levels) => levels.map((level, index) => ({ participantId: `p${index}`, level })));
const sizes = fc.integer({ min: 10, max: 50 });

it('seats everybody once, in their own division, no two on one seat, no cohort above its size', () => {
  fc.assert(
    fc.property(newcomers, sizes, (given, size) => {
      const seated = seatNewcomers(given, new Map(), size);
      expect(seated.map(({ participantId, level }) => ({ participantId, level }))).toEqual(given);
      expect(new Set(seated.map(({ level, cohort, seat }) => `${level}/${cohort}/${seat}`)).size).toBe(given.length);
      for (const { seat } of seated) expect(seat >= 1 && seat <= size).toBe(true);
    }),
  );
});

it('opens a cohort only when all before it are full', () => {
  fc.assert(
    fc.property(newcomers, sizes, (given, size) => {
      const perLevel = Map.groupBy(seatNewcomers(given, new Map(), size), ({ level }) => level);
      for (const seated of perLevel.values()) {
        const numbers = seated.map(({ cohort, seat }) => (cohort - 1) * size + seat);
        expect(numbers).toEqual(seated.map((_, index) => index + 1));
      }
    }),
  );
});

it('comes to the same in one go and in several', () => {
  fc.assert(
    fc.property(newcomers, sizes, fc.nat(300), (given, size, cut) => {
      const first = seatNewcomers(given.slice(0, cut), new Map(), size);
      const last = new Map<number, Seat>(first.map(({ level, cohort, seat }) => [level, { cohort, seat }]));
      const rest = seatNewcomers(given.slice(cut), last, size);
      expect([...first, ...rest]).toEqual(seatNewcomers(given, new Map(), size));
    }),
  );
});
