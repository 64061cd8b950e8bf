import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { arrayText } from '../db/array-text.ts';
import { eventColumns, iso } from './state-columns.ts';

const pglite = new PGlite();
afterAll(() => pglite.close());

// None is later than its arrival, so the years that numbers of 53 bits reach are enough.
test('an instant that goes as a number is kept to the millisecond', async () => {
  const [, , of, kept] = eventColumns.find(([name]) => name === 'occurred_at') ?? [];
  const read = async (instants: readonly number[]) => {
    const { rows } = await pglite.query<{ at: string }>(
      `select extract(epoch from ${kept?.('at')}) * 1000 as at from unnest($1::text::float8[]) at`,
      [arrayText(instants.map((occurredAt) => of?.({ occurredAt } as never) ?? null))],
    );
    return rows.map(({ at }) => Number(at));
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), { minLength: 1 }), async (instants) => {
      expect(await read(instants)).toEqual(instants);
    }),
    { numRuns: 200 },
  );
});

test('an instant as text is what a date makes of it', () => {
  const latest = 8_640_000_000_000_000;
  const instant = fc.oneof(fc.integer({ min: -latest, max: latest }), fc.integer({ min: 0, max: Date.UTC(2100, 0) }));
  fc.assert(
    fc.property(instant, (at) => {
      expect(iso(at)).toBe(new Date(at).toISOString());
    }),
    { numRuns: 2_000 },
  );
  expect(iso(null)).toBeNull();
});
