import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { addDays, instantAt, localDay } from '../src/curriculum/zoned-time.ts';
import type { TestLaurel } from '../src/testing.ts';
import { sql, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
beforeAll(async () => {
  laurel = await testLaurel();
});

// With and without daylight saving, of half an hour, and on both sides of the date line.
const zones = [
  ...['UTC', 'Europe/Lisbon', 'America/New_York', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kolkata'],
  ...['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Pacific/Apia', 'Africa/Cairo', 'America/Santiago'],
];
const from = Date.UTC(1995, 0, 1);
const aMoment = fc.record({
  zone: fc.constantFrom(...zones),
  minute: fc.nat(40 * 365 * 24 * 60).map((minutes) => from + minutes * 60_000),
});
const many = fc.array(aMoment, { minLength: 2_000, maxLength: 2_000 });

it(`knows the day of an instant as ${storageName} does`, async () => {
  for (const moments of fc.sample(many, 3)) {
    const rows = await sql<{ day: string }>(
      laurel,
      `select (at at time zone zone)::date::text as day
       from unnest($1::timestamptz[], $2::text[]) with ordinality each(at, zone, ord) order by ord`,
      [moments.map(({ minute }) => new Date(minute).toISOString()), moments.map(({ zone }) => zone)],
    );
    expect(moments.map(({ minute, zone }) => localDay(new Date(minute), zone))).toEqual(rows.map(({ day }) => day));
  }
});

it(`knows the instant of a local time as ${storageName} does, the first of one that comes twice`, async () => {
  for (const moments of fc.sample(many, 3)) {
    const locals = moments.map(({ minute }) => new Date(minute).toISOString().slice(0, 16));
    const rows = await sql<{ at: number; shown: boolean }>(
      laurel,
      `select extract(epoch from local::timestamp at time zone zone)::float8 * 1000 as at,
         ((local::timestamp at time zone zone) at time zone zone) = local::timestamp as shown
       from unnest($1::text[], $2::text[]) with ordinality each(local, zone, ord) order by ord`,
      [locals, moments.map(({ zone }) => zone)],
    );
    for (const [index, { at, shown }] of rows.entries()) {
      const { zone } = moments[index] as { zone: string };
      const ours = instantAt(locals[index] as string, zone).getTime();
      if (ours === at) continue;
      // PostgreSQL takes the second of two: an hour or half of one later, and the clock shows the same.
      expect({ zone, local: locals[index], shown, first: at > ours && at - ours <= 3_600_000 }).toMatchObject({
        shown: true,
        first: true,
      });
    }
  }
});

it('steps over days as PostgreSQL does', async () => {
  const steps = fc.sample(fc.tuple(fc.nat(20_000), fc.integer({ min: -4000, max: 4000 })), 500);
  const days = steps.map(([day]) => addDays('1995-01-01', day));
  const rows = await sql<{ day: string }>(
    laurel,
    `select (day::date + step)::text as day from unnest($1::text[], $2::int[]) with ordinality each(day, step, ord) order by ord`,
    [days, steps.map(([, step]) => step)],
  );
  expect(steps.map(([, step], index) => addDays(days[index] as string, step))).toEqual(rows.map(({ day }) => day));
});
