import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countdownFigures, countdownStep, countdownWords, largestUnits } from './countdown-words.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const durations = fc.integer({ min: 1, max: 400 * day });
const worth = { day, hour, minute };

test('the two largest units never say less than what is left, and at most one smaller unit more', () => {
  fc.assert(
    fc.property(durations, (left) => {
      const units = largestUnits(left);
      expect(units.length).toBeGreaterThan(0);
      expect(units.length).toBeLessThanOrEqual(2);
      const said = units.reduce((sum, [name, value]) => sum + worth[name] * value, 0);
      expect(said).toBeGreaterThan(left - hour - minute * (units[0]?.[0] === 'day' ? 1 : 0));
      expect(said).toBeLessThanOrEqual(left + minute);
    }),
  );
});

test('words hold for the whole minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: minute }), (minutes, rest) => {
      const start = minutes * minute;
      expect(countdownWords(start + rest, 'en')).toBe(countdownWords(start + minute, 'en'));
    }),
  );
});

test('figures change exactly when the step is over', () => {
  fc.assert(
    fc.property(durations, (left) => {
      const step = countdownStep(left);
      expect(step).toBeGreaterThan(0);
      expect(step).toBeLessThanOrEqual(minute);
      expect(countdownFigures(left - step + 1, 'en')).toBe(countdownFigures(left, 'en'));
    }),
  );
});

test('speaks the language', () => {
  expect(countdownWords(2 * day + 4 * hour, 'en')).toBe('2 days 4 hours');
  expect(countdownWords(day + hour, 'es')).toBe('1 día 1 hora');
  expect(countdownWords(1, 'pt')).toBe('1 minuto');
  expect(countdownFigures(12 * minute + 5 * second, 'en')).toBe('12:05');
  expect(countdownFigures(0, 'en')).toBe('00:00');
});
