import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, seed, storageName, testLaurel } from './support.ts';

const hour = 3_600_000;

/** Zones with a midnight that comes twice, a day without one, and an hour that is missing, and a day near it. */
const zones = {
  havana: ['America/Havana', '2026-11-01'],
  cairo: ['Africa/Cairo', '2026-04-24'],
  lisbon: ['Europe/Lisbon', '2026-03-29'],
  auckland: ['Pacific/Auckland', '2028-02-29'],
} as const;

/** What clocks of a zone show at an instant, as if it were UTC. */
function shownAt(instant: number, timeZone: string): number {
  const text = new Date(instant).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

/** The first instant at which clocks show that; where they skip it, as late as if they had not. */
function firstAt(local: number, timeZone: string): number {
  const offsets = [-24, 24].map((hours) => shownAt(local + hours * hour, timeZone) - (local + hours * hour));
  const found = offsets.map((offset) => local - offset).filter((each) => shownAt(each, timeZone) === local);
  return found.length > 0 ? Math.min(...found) : local - (offsets[0] ?? 0);
}

describe(`boards of ISO 8601 intervals (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada']);
    for (const [slug, [timeZone]] of Object.entries(zones)) {
      const span = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2029-01-01T00:00:00Z' };
      await laurel.api.contests.create({ program: 'friends', slug, name: slug, timeZone, ...span });
    }
  });

  const read = async (slug: string, interval: string) =>
    ask(laurel, 'GET', `/contests/${slug}/leaderboard/interval?interval=${encodeURIComponent(interval)}`, {
      credential: laurel.publishableKey,
    });
  const bounds = async (slug: string, interval: string) => {
    const { status, json } = await read(slug, interval);
    expect(status, `${interval}: ${json.detail}`).toBe(200);
    return [json.startsAt, json.endsAt];
  };

  it('counts days by the clocks of the board’s zone and hours by what passes, forwards and back', async () => {
    const plan = fc.record({
      slug: fc.constantFrom(...(Object.keys(zones) as (keyof typeof zones)[])),
      // Half hours around the odd day.
      halves: fc.integer({ min: -96, max: 96 }),
      days: fc.integer({ min: 0, max: 9 }),
      hours: fc.integer({ min: 0, max: 30 }),
      back: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ slug, halves, days, hours, back }) => {
        fc.pre(days + hours > 0);
        const [zone, day] = zones[slug];
        const local = Date.parse(`${day}T00:00Z`) + (halves * hour) / 2;
        const text = new Date(local).toISOString().slice(0, 16);
        const lasts = `P${days > 0 ? `${days}D` : ''}${hours > 0 ? `T${hours}H` : ''}`;
        const given = firstAt(local, zone);
        const sign = back ? -1 : 1;
        const moved = days > 0 ? firstAt(shownAt(given, zone) + sign * days * 24 * hour, zone) : given;
        const ends = [given, moved + sign * hours * hour];
        fc.pre(Math.min(...ends) < Math.max(...ends) && (ends[1] as number) * sign > given * sign);
        expect(await bounds(slug, back ? `${lasts}/${text}` : `${text}/${lasts}`)).toEqual(
          ends.sort((one, other) => one - other).map((each) => new Date(each).toISOString()),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('takes dates, times and instants, months that are shorter, and counts what lies between', async () => {
    const may = ['2026-04-30T23:00:00.000Z', '2026-05-07T23:00:00.000Z'];
    for (const interval of ['2026-05-01/2026-05-08', '2026-05-01/P7D', '2026-05-01/P1W', 'P7D/2026-05-08T00:00:00'])
      expect(await bounds('lisbon', interval)).toEqual(may);
    expect(await bounds('lisbon', '2026-05-01T18:00Z/2026-05-01T23:00:00.500+02:00')).toEqual([
      '2026-05-01T18:00:00.000Z',
      '2026-05-01T21:00:00.500Z',
    ]);
    expect(await bounds('auckland', '2028-01-31/P1M')).toEqual([
      '2028-01-30T11:00:00.000Z',
      '2028-02-28T11:00:00.000Z',
    ]);
    laurel.travelTo(new Date('2026-05-07T22:30:00Z'));
    await laurel.api.points.award({ contest: 'lisbon', participant: 'ada', points: 4, idempotencyKey: 'inside' });
    laurel.travelTo(new Date('2026-05-07T23:00:00Z'));
    await laurel.api.points.award({ contest: 'lisbon', participant: 'ada', points: 9, idempotencyKey: 'after' });
    laurel.travelTo(null);
    const { items } = await laurel.api.leaderboards.interval({ contest: 'lisbon', interval: '2026-05-01/P7D' });
    expect(items.map(({ score }) => score)).toEqual([4]);
  });

  it.each([
    ['next week', 'must be an ISO 8601 interval such as 2026-05-01/P7D'],
    ['2026-05-08/2026-05-01', 'must end after its start'],
    ['2026-05-01/P0D', 'must end after its start'],
    ['P999Y/2026-05-01', 'must lie between the years 1970 and 9999'],
    ['9999-12-01/P1Y', 'must lie between the years 1970 and 9999'],
    ['P999Y9999M9999W99999DT999999H/1970-01-01', 'must lie between the years 1970 and 9999'],
  ])('refuses %s and says why', async (interval, why) => {
    const { status, json } = await read('lisbon', interval);
    expect([status, json.code]).toEqual([422, 'validation_failed']);
    expect(json.errors).toEqual([{ pointer: '#/interval', detail: expect.stringContaining(why) }]);
  });

  it('refuses an interval beside other bounds', async () => {
    for (const more of ['window=day', 'from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z']) {
      const { status, json } = await ask(
        laurel,
        'GET',
        `/contests/lisbon/leaderboard/interval?interval=2026-05-01/P7D&${more}`,
        { credential: laurel.publishableKey },
      );
      expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/interval']);
    }
  });
});
