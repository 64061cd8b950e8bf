import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually, refer, seed, sql, storageName, testLaurel } from './support.ts';

interface FriendRow {
  name: string;
  score: number;
  seq: number;
  rank: number;
  denseRank: number;
  ordinal: number;
  tiedWith: number;
  overall: number | null;
  self: boolean;
}

/** `ada` was invited by `root` and invited `bob`, `cleo` and `dora`; `bob` invited `emil`; `fred` is alone. */
const people = ['root', 'ada', 'bob', 'cleo', 'dora', 'emil', 'fred'];
const circles: Record<string, string[]> = {
  root: ['root', 'ada'],
  ada: ['ada', 'bob', 'cleo', 'dora', 'root'],
  bob: ['ada', 'bob', 'emil'],
  fred: ['fred'],
};

describe(`the board among friends (${storageName})`, () => {
  let held: TestLaurel;
  let asking: TestLaurel;
  let count = 0;

  beforeAll(async () => {
    asking = await testLaurel({ boards: false });
    held = await testLaurel({ schema: asking.schema });
    await seed(asking.api, people);
    for (const [referrer, referee] of [
      ...[
        ['root', 'ada'],
        ['ada', 'bob'],
        ['ada', 'cleo'],
        ['ada', 'dora'],
        ['bob', 'emil'],
      ],
    ] as const)
      await refer(asking.api, referrer as string, referee as string);
  });

  const award = (participant: string, points: number) =>
    held.api.points.award({ contest: 'spring', participant, points, idempotencyKey: `award-${++count}` });

  const friends = async (node: TestLaurel, participant: string, contest = 'spring') => {
    const { token } = await node.api.participants.createToken({ participant });
    const { status, json } = await ask(node, 'GET', `/contests/${contest}/leaderboard/friends`, { credential: token });
    expect(status, JSON.stringify(json)).toBe(200);
    return json as { seq: number; participants: number; hidden: boolean; items: FriendRow[] };
  };

  /** Places by counting, among the circle and among all. */
  const oracle = async (person: string) => {
    const all = await sql<{ name: string; score: number; seq: number }>(
      asking,
      `select display_name as name, score::int, standing.seq::int from $schema.standing
       join $schema.participant on participant.id = participant_id
       join $schema.contest on contest.id = contest_id where contest.slug = 'spring' and period_start = '-infinity' and score > 0`,
    );
    const circle = (circles[person] as string[]).map(
      (name) => all.find((each) => each.name === name) ?? { name, score: 0, seq: 0 },
    );
    return circle
      .map((row) => ({
        ...row,
        rank: 1 + circle.filter(({ score }) => score > row.score).length,
        denseRank: 1 + new Set(circle.filter(({ score }) => score > row.score).map(({ score }) => score)).size,
        tiedWith: circle.filter(({ score }) => score === row.score).length - 1,
        overall: row.score > 0 ? 1 + all.filter(({ score }) => score > row.score).length : null,
        self: row.name === person,
      }))
      .sort((a, b) => b.score - a.score || a.seq - b.seq || (a.name < b.name ? -1 : 1));
  };

  const comparable = (items: FriendRow[]) =>
    items
      .map(({ name, score, seq, rank, denseRank, tiedWith, overall, self }) => {
        return { name, score, seq, rank, denseRank, tiedWith, overall, self };
      })
      .sort((a, b) => b.score - a.score || a.seq - b.seq || (a.name < b.name ? -1 : 1));

  it('ranks the circle among itself and among all, from memory and by SQL alike', async () => {
    await eventually(
      async () => {
        await held.api.leaderboards.list({ contest: 'spring' });
        return (await ask(held, 'GET', '/metrics', { credential: held.secretKey })).text;
      },
      (text) => /laurel_board_reads_total\{source="held"\} [1-9]/.test(text),
    );
    const step = fc.record({ person: fc.constantFrom(...people), points: fc.integer({ min: 1, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const { person, points } of steps) await award(person, points);
        for (const person of Object.keys(circles)) {
          const expected = await oracle(person);
          for (const node of [held, asking]) {
            const { items } = await friends(node, person);
            expect(comparable(items), person).toEqual(expected);
            expect(items.map(({ ordinal }) => ordinal)).toEqual(items.map((_, index) => index + 1));
            const places = items.map(({ score, seq }) => [-score, seq] as const);
            expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
          }
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it('has everybody of the circle, those without points last and without a place among all', async () => {
    await asking.api.contests.create({
      ...{ program: 'friends', slug: 'fresh', name: 'Fresh' },
      ...{ startsAt: '2020-01-01T00:00:00Z', endsAt: '2120-01-01T00:00:00Z' },
    });
    const empty = await friends(asking, 'ada', 'fresh');
    expect(empty).toMatchObject({ participants: 0, hidden: false });
    expect(empty.items).toHaveLength(5);
    expect(empty.items.every(({ rank, score, overall }) => rank === 1 && score === 0 && overall === null)).toBe(true);
    await asking.api.points.award({ contest: 'fresh', participant: 'fred', points: 9, idempotencyKey: 'fred' });
    await asking.api.points.award({ contest: 'fresh', participant: 'cleo', points: 2, idempotencyKey: 'cleo' });
    const { items } = await friends(asking, 'ada', 'fresh');
    expect(items[0]).toMatchObject({ name: 'cleo', rank: 1, overall: 2, tiedWith: 0 });
    expect(items.slice(1).map(({ rank }) => rank)).toEqual([2, 2, 2, 2]);
  });

  it('leaves out a referral that was rejected, on both sides', async () => {
    await sql(
      asking,
      `update $schema.referral set state = 'rejected' where referee_id = (select id from $schema.participant where external_id = 'dora')`,
    );
    expect((await friends(asking, 'ada')).items.map(({ name }) => name)).not.toContain('dora');
    expect((await friends(asking, 'dora')).items.map(({ name }) => name)).toEqual(['dora']);
  });

  it('shows the best 200 of very many, the caller among them however low they stand', async () => {
    await sql(
      asking,
      `with crowd as (
         insert into $schema.participant (id, external_id, display_name)
         select gen_random_uuid(), 'crowd-' || number, 'Crowd ' || number from generate_series(1, 300) number returning id, external_id
       ),
       edges as (
         insert into $schema.referral (id, program_id, referrer_id, referee_id, state, attributed_by)
         select gen_random_uuid(), program.id, fred.id, crowd.id, 'pending', (select attributed_by from $schema.referral limit 1)
         from crowd, $schema.program, $schema.participant fred where program.slug = 'friends' and fred.external_id = 'fred'
       )
       insert into $schema.standing (contest_id, period_start, participant_id, score, seq)
       select contest.id, '-infinity', crowd.id, 1000 + substr(external_id, 7)::int, 100000 + substr(external_id, 7)::int
       from crowd, $schema.contest where contest.slug = 'fresh'`,
    );
    const { items, participants } = await friends(asking, 'fred', 'fresh');
    expect(participants).toBe(302);
    expect(items).toHaveLength(200);
    expect(items[0]).toMatchObject({ name: 'Crowd 300', overall: 1 });
    expect(items[198]).toMatchObject({ name: 'Crowd 102', rank: 199 });
    expect(items[199]).toMatchObject({ name: 'fred', rank: 200, overall: 301, self: true });
  });

  it('is asked about others by the host alone', async () => {
    const { token } = await asking.api.participants.createToken({ participant: 'ada' });
    const path = '/contests/spring/leaderboard/friends';
    const status = async (credential: string, query = '') =>
      (await ask(asking, 'GET', path + query, { credential })).status;
    expect(await status(token, '?participant=bob')).toBe(403);
    expect(await status(token, '?participant=ada')).toBe(200);
    expect(await status(asking.publishableKey)).toBe(403);
    expect(await status(asking.secretKey)).toBe(422);
    expect(await status(asking.secretKey, '?participant=nobody')).toBe(404);
    const host = await ask(asking, 'GET', `${path}?participant=bob`, { credential: asking.secretKey });
    expect(host.json.items.find(({ self }: FriendRow) => self).name).toBe('bob');
  });

  it('is empty for everybody but the host while the board is hidden', async () => {
    await held.api.contests.update({ contest: 'spring', hideUntilEnd: true });
    for (const node of [held, asking]) expect(await friends(node, 'ada')).toMatchObject({ hidden: true, items: [] });
    const path = '/contests/spring/leaderboard/friends?participant=ada';
    const host = await ask(held, 'GET', path, { credential: held.secretKey });
    expect(host.json).toMatchObject({ hidden: false });
    expect(host.json.items.length).toBeGreaterThan(3);
  });
});
