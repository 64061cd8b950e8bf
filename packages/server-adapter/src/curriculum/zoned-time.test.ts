import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDay } from './zoned-time.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Monrovia',
  'Asia/Tehran',
];

test('a day is the one the runtime’s own calendar has, whatever was asked before', () => {
  const instants = fc.integer({ min: Date.UTC(1960, 0), max: Date.UTC(2040, 0) });
  const near = fc.tuple(instants, fc.array(fc.integer({ min: -90_000, max: 90_000 }), { maxLength: 4 }));
  fc.assert(
    fc.property(near, fc.constantFrom(...zones), ([instant, others], zone) => {
      const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
      for (const at of [instant, ...others.map((by) => instant + by)]) {
        expect(localDay(new Date(at), zone)).toBe(calendar.format(at));
      }
    }),
    { numRuns: 1_000 },
  );
});
