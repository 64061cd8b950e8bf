import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, refer, seed, sql, storageName, testLaurel } from './support.ts';

const people = Array.from({ length: 6 }, (_, index) => `person-${index}`);

/** Contests over days that are odd in their zones: midnight twice, a leap day, an hour that is missing, a day without one. */
const contests = {
  havana: { timeZone: 'America/Havana', period: 'day', from: '2026-10-29T04:00:00Z', to: '2026-11-05T00:00:00Z' },
  auckland: { timeZone: 'Pacific/Auckland', period: 'month', from: '2028-01-20T00:00:00Z', to: '2028-04-20T00:00:00Z' },
  lisbon: { timeZone: 'Europe/Lisbon', period: 'week', from: '2026-03-10T00:00:00Z', to: '2026-04-10T00:00:00Z' },
  cairo: { timeZone: 'Africa/Cairo', period: 'contest', from: '2026-04-20T00:00:00Z', to: '2026-05-01T00:00:00Z' },
} as const;
type Slug = keyof typeof contests;
const slugs = Object.keys(contests) as Slug[];
const labels = { day: 'YYYY-MM-DD', week: 'IYYY-IW', month: 'YYYY-MM' };

interface Ranked {
  name: string;
  score: number;
  seq: number;
  rank: number;
  denseRank: number;
  ordinal: number;
  tiedWith: number;
}

const placeOf = ({ name, score, seq, rank, denseRank, ordinal, tiedWith }: Ranked): Ranked => {
  return { name, score, seq, rank, denseRank, ordinal, tiedWith };
};

describe(`the board of any stretch of time (${storageName})`, () => {
  let laurel: TestLaurel;
  let awards = 0;
  const sales: string[] = [];

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, [...people, 'buyer']);
    for (const [slug, { timeZone, period, from, to }] of Object.entries(contests)) {
      await laurel.api.contests.create({
        ...{ program: 'friends', slug, name: slug, timeZone, period, startsAt: from, endsAt: to },
        scoring: [{ event: slug, points: 3 }],
      });
    }
    await refer(laurel.api, people[0] as string, 'buyer');
  });

  const award = (contest: string, participant: string, at: Date, points: number) => {
    laurel.travelTo(at);
    return laurel.api.points.award({ contest, participant, points, idempotencyKey: `award-${++awards}` });
  };

  /** The board as SQL's own window functions rank what the ledger has of rows that meet the condition. */
  const oracle = (slug: string, condition: string, values: unknown[]) =>
    sql<Ranked>(
      laurel,
      `with scored as (
         select participant_id, sum(points) as score, max(ledger.seq) as seq
         from $schema.ledger join $schema.contest on contest.id = contest_id
         cross join lateral (select occurred_at at time zone time_zone as local) clocks
         where slug = $1 and ${condition} group by 1 having sum(points) > 0)
       select display_name as name, score::int, seq::int, rank() over (order by score desc)::int as rank,
         dense_rank() over (order by score desc)::int as "denseRank",
         row_number() over (order by score desc, seq)::int as ordinal,
         (count(*) over (partition by score) - 1)::int as "tiedWith"
       from scored join $schema.participant on participant.id = participant_id order by ordinal`,
      [slug, ...values],
    );

  /** All pages over HTTP, as anybody reads them. */
  const read = async (slug: string, query: string, limit: number) => {
    const rows: Ranked[] = [];
    let cursor: string | null = null;
    let first: { startsAt: string; endsAt: string; participants: number } | undefined;
    do {
      const path = `/contests/${slug}/leaderboard/interval?${query}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`;
      const { status, json } = await ask(laurel, 'GET', path, { credential: laurel.publishableKey });
      expect(status, JSON.stringify(json)).toBe(200);
      expect(json.items.length).toBeLessThanOrEqual(limit);
      first ??= json;
      rows.push(...json.items.map(placeOf));
      cursor = json.nextCursor;
    } while (cursor !== null);
    return { ...(first as NonNullable<typeof first>), rows };
  };

  it('ranks like SQL’s window functions over the ledger, by the clocks of the contest’s zone', async () => {
    const within = (slug: Slug) =>
      fc.integer({ min: Date.parse(contests[slug].from), max: Date.parse(contests[slug].to) - 1 });
    const odd: Record<Slug, string[]> = {
      havana: ['2026-11-01T04:00:00Z', '2026-11-01T04:30:00Z', '2026-11-01T05:30:00Z', '2026-11-01T03:59:59.999Z'],
      auckland: [
        '2028-02-28T10:59:59.999Z',
        '2028-02-28T11:00:00Z',
        '2028-02-29T10:59:59.999Z',
        '2028-02-29T11:00:00Z',
      ],
      lisbon: ['2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00Z', '2026-03-29T23:00:00Z', '2026-03-28T23:30:00Z'],
      cairo: ['2026-04-23T21:59:59.999Z', '2026-04-23T22:00:00Z', '2026-04-24T20:59:59.999Z', '2026-04-24T21:00:00Z'],
    };
    const instants = (slug: Slug) => fc.oneof(within(slug), fc.constantFrom(...odd[slug].map(Date.parse)));
    const plan = fc.constantFrom(...slugs).chain((slug) =>
      fc.record({
        slug: fc.constant(slug),
        steps: fc.array(
          fc.record({
            at: instants(slug),
            person: fc.constantFrom(...people),
            // Few values, so that many tie.
            points: fc.integer({ min: 1, max: 3 }),
            kind: fc.constantFrom('award' as const, 'award' as const, 'sale' as const, 'undo' as const),
          }),
          { minLength: 4, maxLength: 10 },
        ),
        at: instants(slug),
        to: instants(slug),
        limit: fc.integer({ min: 1, max: 4 }),
      }),
    );
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(plan, async ({ slug, steps, at, to, limit }) => {
        for (const { at: moment, person, points, kind } of steps) {
          laurel.travelTo(new Date(moment));
          if (kind === 'award') await award(slug, person, new Date(moment), points);
          else if (kind === 'undo') {
            const conversion = sales.pop();
            if (conversion) await laurel.api.conversions.reverse({ conversion });
          } else {
            const sale = { program: 'friends', participant: 'buyer', event: slug, idempotencyKey: `sale-${++awards}` };
            sales.push((await laurel.api.conversions.create(sale)).id);
          }
        }
        const instant = new Date(at).toISOString();
        for (const window of ['day', 'week', 'month'] as const) {
          const expected = await oracle(
            slug,
            `to_char(local, $2) = to_char($3::timestamptz at time zone time_zone, $2)`,
            [labels[window], instant],
          );
          const board = await read(slug, `window=${window}&at=${instant}`, limit);
          expect(board.rows, `${slug} ${window} ${instant}`).toEqual(expected);
          expect(board.participants).toBe(expected.length);
          expect(Date.parse(board.startsAt)).toBeLessThanOrEqual(at);
          expect(Date.parse(board.endsAt)).toBeGreaterThan(at);
          compared += expected.length;
        }
        if (contests[slug].period !== 'contest') {
          laurel.travelTo(new Date(at));
          const unit = contests[slug].period;
          const expected = await oracle(
            slug,
            `to_char(local, $2) = to_char(date_trunc('${unit}', $3::timestamptz at time zone time_zone) - interval '1 ${unit}', $2)`,
            [labels[unit], instant],
          );
          const previous = await read(slug, 'window=previous', limit);
          expect(previous.rows, `${slug} before ${instant}`).toEqual(expected);
          const current = await laurel.api.leaderboards.list({ contest: slug, window: 'period' });
          expect(Date.parse(previous.endsAt)).toBeLessThanOrEqual(Date.parse(current.startsAt));
          // What the window `period` answers, kept by its label, is what the stretch of time it states holds.
          const same = await read(slug, `from=${current.startsAt}&to=${current.endsAt}`, limit);
          expect(same.rows).toEqual(current.items.map(placeOf));
        }
        const [from, until] = [Math.min(at, to), Math.max(at, to) + 1].map((each) => new Date(each).toISOString());
        const between = await oracle(slug, 'occurred_at >= $2::timestamptz and occurred_at < $3::timestamptz', [
          from,
          until,
        ]);
        expect((await read(slug, `from=${from}&to=${until}`, limit)).rows).toEqual(between);
      }),
      { numRuns: 25, endOnFailure: true },
    );
    laurel.travelTo(null);
    expect(compared).toBeGreaterThan(100);
  }, 120_000);

  it('knows a day of 25 hours from its first instant, a leap day, and a month of 31 days', async () => {
    const bounds = async (slug: string, query: string) => {
      const { startsAt, endsAt } = await read(slug, query, 1);
      return [startsAt, endsAt];
    };
    for (const hour of ['04:30', '05:30', '23:00']) {
      const long = ['2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'];
      expect(await bounds('havana', `window=day&at=2026-11-01T${hour}:00Z`)).toEqual(long);
    }
    const leap = ['2028-02-28T11:00:00.000Z', '2028-02-29T11:00:00.000Z'];
    expect(await bounds('auckland', 'window=day&at=2028-02-29T00:00:00Z')).toEqual(leap);
    const march = ['2028-02-29T11:00:00.000Z', '2028-03-31T11:00:00.000Z'];
    expect(await bounds('auckland', 'window=month&at=2028-03-01T00:00:00%2B13:00')).toEqual(march);
    // Clocks in Cairo jump from midnight to one: the day begins there.
    const short = ['2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'];
    expect(await bounds('cairo', 'window=day&at=2026-04-24T12:00:00Z')).toEqual(short);
  });

  it('gives those who tie one rank and who comes after the number of all before, on every page (offset ranks: tokscale#655, RAWeb#1202)', async () => {
    const at = new Date('2026-04-26T10:00:00Z');
    const scores = [5, 5, 4, 4, 4, 1];
    for (const [index, points] of scores.entries()) await award('cairo', people[index] as string, at, points + 100);
    const query = 'from=2026-04-26T10:00:00Z&to=2026-04-26T10:00:00.001Z';
    for (const limit of [1, 2, 3, 4, 5, 20]) {
      const { rows } = await read('cairo', query, limit);
      expect(rows.map(({ rank }) => rank)).toEqual([1, 1, 3, 3, 3, 6]);
      expect(rows.map(({ denseRank }) => denseRank)).toEqual([1, 1, 2, 2, 2, 3]);
      expect(rows.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5, 6]);
    }
    laurel.travelTo(null);
  });

  it.each([
    ['previous of a contest without periods', 'cairo', 'window=previous', 422, 'validation_failed'],
    ['a stretch without its end', 'cairo', 'from=2026-04-26T10:00:00Z', 422, 'validation_failed'],
    ['a stretch of nothing', 'cairo', 'from=2026-04-26T10:00:00Z&to=2026-04-26T10:00:00Z', 422, 'validation_failed'],
    ['a foreign cursor', 'havana', 'window=day&cursor=WzFd', 400, 'invalid_cursor'],
    ['an unknown contest', 'nowhere', 'window=day', 404, 'contest_not_found'],
  ])('refuses %s', async (_, slug, query, status, code) => {
    const answer = await ask(laurel, 'GET', `/contests/${slug}/leaderboard/interval?${query}`, {
      credential: laurel.publishableKey,
    });
    expect(answer.status).toBe(status);
    expect(answer.json.code).toBe(code);
  });

  it('answers the last instants there are, and days long before the contest', async () => {
    const last = await read('cairo', 'window=month&at=9999-12-31T23:59:59.999Z', 5);
    expect(last.endsAt).toMatch(/^9999-12-31T/);
    expect((await read('cairo', 'window=week&at=1970-01-01T00:00:00Z', 5)).rows).toEqual([]);
  });

  it('is kept to the host until the end where the contest is hidden', async () => {
    await laurel.api.contests.update({ contest: 'spring', hideUntilEnd: true });
    await award('spring', 'person-1', new Date(), 3);
    laurel.travelTo(null);
    const { token: staff } = await laurel.api.staff.createToken({ name: 'Sam' });
    const { token } = await laurel.api.participants.createToken({ participant: 'person-1' });
    const look = async (credential: string) =>
      (await ask(laurel, 'GET', '/contests/spring/leaderboard/interval?window=week', { credential })).json;
    for (const credential of [laurel.publishableKey, token])
      expect(await look(credential)).toMatchObject({ hidden: true, items: [], nextCursor: null });
    for (const credential of [laurel.secretKey, staff])
      expect(await look(credential)).toMatchObject({ hidden: false, items: [{ name: 'person-1', score: 3 }] });
  });
});
