import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventId } from './event-id.ts';

test('is a UUIDv7: version, variant and the time in front', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
      const id = eventId(now);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now);
    }),
  );
});

test('is never the same twice, and sorts by time', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => eventId(1_800_000_000_000 + index));
  expect(new Set([...ids, eventId(1_800_000_000_000)]).size).toBe(1001);
  expect(ids.toSorted()).toEqual(ids);
});
