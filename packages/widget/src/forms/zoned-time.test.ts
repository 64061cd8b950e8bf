import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullWall, instantsOf, knowsZone, wallTime } from './zoned-time.ts';

const iso = (milliseconds: number | undefined) => new Date(milliseconds ?? Number.NaN).toISOString();
const zones = ['UTC', 'Europe/Lisbon', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];

test.each([
  ['2026-05-01T09:00', 'Europe/Lisbon', 'once', '2026-05-01T08:00:00.000Z', '2026-05-01T08:00:00.000Z'],
  ['2026-12-01T09:00:30', 'America/New_York', 'once', '2026-12-01T14:00:30.000Z', '2026-12-01T14:00:30.000Z'],
  // Clocks go forward: half past one is skipped, and taken as half an hour after the change.
  ['2026-03-29T01:30', 'Europe/Lisbon', 'never', '2026-03-29T01:30:00.000Z', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29T02:30', 'Europe/Berlin', 'never', '2026-03-29T01:30:00.000Z', '2026-03-29T01:30:00.000Z'],
  // Clocks go back.
  ['2026-10-25T01:30', 'Europe/Lisbon', 'twice', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
  ['2026-11-01T01:59:59', 'America/New_York', 'twice', '2026-11-01T05:59:59.000Z', '2026-11-01T06:59:59.000Z'],
  ['2026-04-05T01:45', 'Australia/Lord_Howe', 'twice', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
  // The island that left out a day.
  ['2011-12-30T12:00', 'Pacific/Apia', 'never', '2011-12-30T22:00:00.000Z', '2011-12-30T22:00:00.000Z'],
])('%s in %s happens %s', (wall, zone, happens, first, last) => {
  const found = instantsOf(wall, zone);
  expect([found?.happens, iso(found?.first), iso(found?.last)]).toEqual([happens, first, last]);
});

test('every instant is found again by what clocks show at it', () => {
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
      const found = instantsOf(wallTime(second * 1000, zone), zone);
      expect(found?.happens).not.toBe('never');
      expect([found?.first, found?.last]).toContain(second * 1000);
    }),
  );
});

test('what is no time or no zone is told apart', () => {
  expect(instantsOf('', 'UTC')).toBeNull();
  expect(instantsOf('2026-13-01T00:00', 'UTC')).toBeNull();
  expect(instantsOf('2026-01-01T00:00', 'Mars/Base')).toBeNull();
  expect(fullWall('2026-05-01T09:00')).toBe('2026-05-01T09:00:00');
  expect(knowsZone('Europe/Lisbon')).toBe(true);
  expect(knowsZone('+01:00')).toBe(false);
});
