import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { refer, seed, storageName, testLaurel } from './support.ts';

describe(`the windows of a leaderboard (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bob']);
    for (const [timeZone, slug, startsAt, endsAt, period] of [
      ['Europe/Lisbon', 'day', '2026-03-27T00:00:00Z', '2026-03-31T00:00:00Z', 'day'],
      ['America/St_Johns', 'week', '2026-02-25T00:00:00Z', '2026-03-31T00:00:00Z', 'week'],
      ['Asia/Kathmandu', 'month', '2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z', 'month'],
      ['UTC', 'leap-day', '2028-02-20T00:00:00Z', '2028-03-10T00:00:00Z', 'day'],
      ['America/New_York', 'leap-month', '2028-01-01T05:00:00Z', '2028-06-01T00:00:00Z', 'month'],
      ['Asia/Tokyo', 'leap-week', '2028-02-20T00:00:00Z', '2028-03-20T00:00:00Z', 'week'],
      ['Australia/Lord_Howe', 'half-hour', '2026-03-30T00:00:00Z', '2026-04-10T00:00:00Z', 'day'],
      ['Africa/Cairo', 'no-midnight', '2026-04-20T00:00:00Z', '2026-04-30T00:00:00Z', 'day'],
      ['Pacific/Apia', 'far-east', '2026-12-30T00:00:00Z', '2027-01-10T00:00:00Z', 'month'],
    ] as const) {
      await laurel.api.contests.create({
        program: 'friends',
        slug,
        name: slug,
        timeZone,
        period,
        startsAt,
        endsAt,
      });
    }
  });

  it.each([
    ['a day of 23 hours in Lisbon', 'day', '2026-03-29T12:00', '2026-03-29T00:00', '2026-03-29T23:00'],
    ['a week of 167 hours in St. John’s', 'week', '2026-03-05T12:00', '2026-03-02T03:30', '2026-03-09T02:30'],
    ['the first week, cut at the start', 'week', '2026-02-26T00:00', '2026-02-25T00:00', '2026-03-02T03:30'],
    [
      'a month of Kathmandu, from its first instant',
      'month',
      '2026-03-31T18:15',
      '2026-03-31T18:15',
      '2026-04-30T18:15',
    ],
    ['a leap day', 'leap-day', '2028-02-29T23:59', '2028-02-29T00:00', '2028-03-01T00:00'],
    ['the day after a leap day', 'leap-day', '2028-03-01T00:00', '2028-03-01T00:00', '2028-03-02T00:00'],
    ['a February of 29 days in New York', 'leap-month', '2028-03-01T04:59', '2028-02-01T05:00', '2028-03-01T05:00'],
    [
      'a March of New York that begins in winter',
      'leap-month',
      '2028-03-01T05:00',
      '2028-03-01T05:00',
      '2028-04-01T04:00',
    ],
    ['a week over a leap day in Tokyo', 'leap-week', '2028-03-01T00:00', '2028-02-27T15:00', '2028-03-05T15:00'],
    [
      'a day of 24 and a half hours on Lord Howe',
      'half-hour',
      '2026-04-05T00:00',
      '2026-04-04T13:00',
      '2026-04-05T13:30',
    ],
    ['a day of Cairo that has no midnight', 'no-midnight', '2026-04-24T12:00', '2026-04-23T22:00', '2026-04-24T21:00'],
    ['a new year that comes early in Apia', 'far-east', '2026-12-31T11:00', '2026-12-31T11:00', '2027-01-10T00:00'],
    ['the last day, for ever after the end', 'day', '2027-01-01T00:00', '2026-03-30T23:00', '2026-03-31T00:00'],
  ])('are %s', async (_, contest, at, from, to) => {
    laurel.travelTo(new Date(`${at}Z`));
    const { startsAt, endsAt } = await laurel.api.leaderboards.list({ contest, window: 'period' });
    laurel.travelTo(null);
    expect([startsAt, endsAt]).toEqual([`${from}:00.000Z`, `${to}:00.000Z`]);
  });

  it('count an hour that comes twice once, and a conversion at midnight for the new day', async () => {
    const other = await testLaurel({ background: false });
    await seed(other.api, ['ada', 'bob'], {
      ...{ timeZone: 'Europe/Lisbon', period: 'day' },
      ...{ startsAt: '2026-10-20T00:00:00Z', endsAt: '2026-10-30T00:00:00Z' },
    });
    await refer(other.api, 'ada', 'bob');
    const on = async (at: string) => {
      other.travelTo(new Date(at));
      const board = await other.api.leaderboards.standing({ contest: 'spring', window: 'period', participant: 'ada' });
      return { score: board.standing?.score ?? 0, from: board.startsAt, to: board.endsAt };
    };
    for (const at of ['24T22:59:59.999', '24T23:00', '25T00:30', '25T01:30', '25T23:59:59.999', '26T00:00']) {
      other.travelTo(new Date(`2026-10-${at}Z`));
      await other.api.conversions.create({ program: 'friends', participant: 'bob', event: 'buy', idempotencyKey: at });
    }
    const long = { score: 4, from: '2026-10-24T23:00:00.000Z', to: '2026-10-26T00:00:00.000Z' };
    expect(await on('2026-10-25T12:00:00Z')).toEqual(long);
    expect((await on('2026-10-24T12:00:00Z')).score).toBe(1);
    expect((await on('2026-10-26T12:00:00Z')).score).toBe(1);
  });
});
