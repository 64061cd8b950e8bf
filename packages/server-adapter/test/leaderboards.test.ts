import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, refer, seed, sql, storageName, testLaurel } from './support.ts';

const people = Array.from({ length: 9 }, (_, index) => `referrer-${index}`);
const friendOf = (person: string) => `friend of ${person}`;
const events = ['purchase', 'review', 'share'];

/** Contests over the days on which clocks change, in zones where that is at an odd hour. */
const contests = {
  lisbon: { timeZone: 'Europe/Lisbon', period: 'day', from: '2026-03-27T00:00:00Z', to: '2026-03-31T00:00:00Z' },
  'st-johns': {
    timeZone: 'America/St_Johns',
    period: 'week',
    from: '2026-02-25T00:00:00Z',
    to: '2026-03-31T00:00:00Z',
  },
  monthly: { timeZone: 'Asia/Kathmandu', period: 'month', from: '2026-03-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
  plain: { timeZone: 'UTC', period: 'contest', from: '2026-03-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
} as const;
type Slug = keyof typeof contests;
const slugs = Object.keys(contests) as Slug[];
const labels = { day: 'YYYY-MM-DD', week: 'IYYY-IW', month: 'YYYY-MM', contest: '"all"' };

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

describe(`leaderboards (${storageName})`, () => {
  let laurel: TestLaurel;
  const recorded: string[] = [];

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, [...people, ...people.map(friendOf)]);
    for (const person of people) await refer(laurel.api, person, friendOf(person));
    for (const [slug, { timeZone, period, from, to }] of Object.entries(contests)) {
      await laurel.api.contests.create({
        ...{ program: 'friends', slug, name: slug, timeZone, period, startsAt: from, endsAt: to },
        scoring: [
          { event: 'purchase', points: 2 },
          { event: slug === 'plain' ? '*' : 'review', points: 1 },
        ],
      });
    }
  });

  /** The board as SQL's own window functions rank the ledger, its window by calendar labels. */
  const oracle = (slug: Slug, window: 'all' | 'period', at: Date, seq: number) =>
    sql<Ranked>(
      laurel,
      `with scored as (
         select participant_id, sum(points) as score, max(ledger.seq) as seq
         from $schema.ledger join $schema.contest on contest.id = contest_id
         where slug = $1 and ledger.seq <= $2 and ($3 = 'all' or
           to_char(occurred_at at time zone time_zone, $4) =
           to_char(least($5::timestamptz, ends_at - interval '1 ms') at time zone time_zone, $4))
         group by 1 having sum(points) > 0)
       select display_name as name, score::int, seq::int, rank() over (order by score desc)::int as rank,
         dense_rank() over (order by score desc)::int as "denseRank",
         row_number() over (order by score desc, seq)::int as ordinal,
         (count(*) over (partition by score) - 1)::int as "tiedWith"
       from scored join $schema.participant on participant.id = participant_id order by ordinal`,
      [slug, seq, window, labels[contests[slug].period], at.toISOString()],
    );

  const act = async (step: { at: number; person: string; event: string; undo: number | null }) => {
    laurel.travelTo(new Date(step.at));
    if (step.undo !== null && recorded.length > 0) {
      const conversion = recorded[step.undo % recorded.length] as string;
      await laurel.api.conversions.reverse({ conversion });
      return;
    }
    const conversion = { program: 'friends', participant: friendOf(step.person), event: step.event };
    recorded.push((await laurel.api.conversions.create({ ...conversion, idempotencyKey: `${recorded.length}` })).id);
  };

  const pages = async (slug: Slug, window: 'all' | 'period', limit: number) => {
    const rows: Ranked[] = [];
    let cursor: string | null = null;
    let seq = 0;
    do {
      const page = await laurel.api.leaderboards.list({ contest: slug, window, limit, ...(cursor && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      rows.push(...page.items.map(placeOf));
      ({ nextCursor: cursor, seq } = page);
    } while (cursor !== null);
    return { rows, seq };
  };

  it('rank ties like rank(), dense_rank() and row_number(), in pages, standings and neighbours, after any operations (agoragames/leaderboard#25, klicker-uzh#5170)', async () => {
    const first = Date.parse('2026-03-06T00:00:00Z');
    const instants = fc.integer({ min: first, max: Date.parse('2026-04-02T00:00:00Z') });
    const clockChanges = fc
      .constantFrom('2026-03-29T00:00:00Z', '2026-03-29T01:00:00Z', '2026-03-28T23:59:59.999Z', '2026-03-08T05:30:00Z')
      .map(Date.parse);
    const step = fc.record({
      at: fc.oneof(instants, clockChanges),
      person: fc.constantFrom(...people),
      event: fc.constantFrom(...events),
      undo: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() }),
    });
    let compared = 0;
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 12 }),
      fc.oneof(instants, clockChanges),
      fc.integer({ min: 1, max: 5 }),
      async (steps, at, limit) => {
        for (const each of steps) await act(each);
        laurel.travelTo(new Date(at));
        for (const slug of slugs) {
          for (const window of ['all', 'period'] as const) {
            const { rows, seq } = await pages(slug, window, limit);
            const expected = await oracle(slug, window, new Date(at), seq);
            expect(rows).toEqual(expected);
            if (window === 'period') compared += rows.length;
            const person = people[at % people.length] as string;
            const own = await laurel.api.leaderboards.standing({
              contest: slug,
              window,
              participant: person,
              around: limit,
            });
            const mine = expected.findIndex(({ name }) => name === person);
            expect(own.standing?.rank).toBe(expected[mine]?.rank);
            expect(own.participants).toBe(expected.length);
            const neighbours = mine < 0 ? [] : expected.slice(Math.max(0, mine - limit), mine + limit + 1);
            expect(own.around.map(placeOf)).toEqual(neighbours);
          }
        }
        expect(await laurel.recount()).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 12, endOnFailure: true });
    expect(compared).toBeGreaterThan(20);
    laurel.travelTo(null);
  });

  it('keep drafts to the host, and so a board that is hidden until the end (DMOJ#665)', async () => {
    const other = await testLaurel({ background: false });
    await seed(other.api, ['ada', 'bob'], { hideUntilEnd: true });
    await refer(other.api, 'ada', 'bob');
    await other.api.conversions.create({ program: 'friends', participant: 'bob', event: 'buy', idempotencyKey: '1' });
    const { startsAt, endsAt } = await other.api.contests.get({ contest: 'spring' });
    await other.api.contests.create({
      program: 'friends',
      slug: 'draft',
      name: 'Draft',
      state: 'draft',
      startsAt,
      endsAt,
    });
    const { token } = await other.api.participants.createToken({ participant: 'ada', expiresIn: 3600 });
    const board = (credential: string, path = 'spring/leaderboard') =>
      ask(other, 'GET', `/contests/${path}`, { credential });

    for (const credential of [other.publishableKey, token]) {
      expect((await board(credential)).json).toMatchObject({ hidden: true, items: [], nextCursor: null });
      expect((await board(credential, 'draft/leaderboard')).json).toMatchObject({ code: 'contest_not_found' });
      expect((await board(credential, 'draft')).status).toBe(404);
      expect((await ask(other, 'GET', '/contests', { credential })).text).not.toContain('draft');
      expect((await ask(other, 'GET', '/live?topics=contest:draft', { credential })).status).toBe(404);
    }
    expect((await board(token, 'spring/standing')).json).toMatchObject({ hidden: true, standing: null, around: [] });
    expect((await board(other.secretKey)).json.items).toHaveLength(1);
    expect((await board(other.secretKey, 'draft/leaderboard')).status).toBe(200);
    await sql(other, `update $schema.contest set ends_at = now() where slug = 'spring'`);
    expect((await board(other.publishableKey)).json).toMatchObject({
      hidden: false,
      items: [{ name: 'ada', score: 1 }],
    });
    expect((await board(token, 'spring/standing')).json).toMatchObject({ standing: { rank: 1 } });
  });
});
