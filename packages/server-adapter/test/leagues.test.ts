import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { clientsOf } from './clients.ts';
import { steadyRandom } from './crowd.ts';
import { expectSound, type Seated, seatsStatement } from './league-seats.ts';
import { eventually, seed, sql, storageName, testLaurel } from './support.ts';

const contest = 'spring';
const league = { size: 10, promote: 2, demote: 2, divisions: ['Bronze', 'Silver', 'Gold'] };
const crowd = Array.from({ length: 12 }, (_, index) => `p${index}`);

/** A league by weeks from Monday, 4 March, to Monday, 8 April 2030, in Lisbon: summer time begins on 31 March. */
const weekly = {
  ...{ kind: 'league', period: 'week', timeZone: 'Europe/Lisbon', league },
  ...{ startsAt: '2030-03-04T00:00:00Z', endsAt: '2030-04-07T23:00:00Z' },
};

async function openLeague(settings: Record<string, unknown> = {}, names = crowd, options = {}) {
  const laurel = await testLaurel(options);
  laurel.travelTo(new Date('2030-03-04T12:00:00Z'));
  await seed(laurel.api, names, { ...weekly, ...settings });
  return laurel;
}

const give = (laurel: TestLaurel, participant: string, points: number) =>
  laurel.api.points.award({ contest, participant, points, idempotencyKey: randomUUID() });

/** The first has most points. */
async function giveAll(laurel: TestLaurel, names: readonly string[]) {
  for (const [index, name] of names.entries()) await give(laurel, name, 100 - index);
}

/** Has the keepers of all nodes run. */
const keep = (laurel: TestLaurel) =>
  sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, `{"contests":["${contest}"]}`]);

const settledPeriods = (laurel: TestLaurel) =>
  sql<{ period_start: Date; settled_at: Date }>(
    laurel,
    'select period_start, settled_at from $schema.league_period where settled_at is not null order by 1',
  );

/** Travels, and waits until so many periods are settled. */
async function settledAt(laurels: readonly TestLaurel[], instant: string, periods: number) {
  const [laurel] = laurels as [TestLaurel];
  for (const each of laurels) each.travelTo(new Date(instant));
  await keep(laurel);
  const rows = await eventually(
    () => settledPeriods(laurel),
    (settled) => settled.length >= periods,
  );
  expect(rows).toHaveLength(periods);
  return rows;
}

const seats = (laurel: TestLaurel) => sql<Seated>(laurel, seatsStatement('$schema'));

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`a league, over HTTP through the SDK (${storageName})`, () => {
  it('seats whoever has points, moves them after the week, and shows the next one in their new division', async () => {
    const laurel = await openLeague();
    const clients = await clientsOf(laurel);
    const first = await clients.participant('p0');
    expect(await first.leaderboards.cohort({ contest })).toMatchObject({ cohort: null, items: [], participants: 0 });
    await giveAll(laurel, crowd);
    await eventually(
      () => seats(laurel),
      (rows) => rows.length === 12,
    );
    const board = await first.leaderboards.cohort({ contest });
    expect(board).toMatchObject({
      ...{ startsAt: '2030-03-04T00:00:00.000Z', endsAt: '2030-03-11T00:00:00.000Z', state: 'live', hidden: false },
      cohort: { division: 'Bronze', level: 1, number: 1, promote: 2, demote: 0, outcome: null },
      ...{ participants: 10, seq: 12 },
    });
    expect(board.items.map(({ name, ordinal, score, overall, self }) => [name, ordinal, score, overall, self])).toEqual(
      crowd.slice(0, 10).map((name, index) => [name, index + 1, 100 - index, null, index === 0]),
    );
    const last = await (await clients.participant('p11')).leaderboards.cohort({ contest });
    expect(last.items.map(({ name }) => name)).toEqual(['p10', 'p11']);

    await settledAt([laurel], '2030-03-11T00:00:02Z', 1);
    const at = '2030-03-10T12:00:00Z';
    const outcomes = await Promise.all(
      crowd.map((participant) => clients.host.leaderboards.cohort({ contest, participant, at })),
    );
    expect(outcomes.map(({ cohort }) => cohort?.outcome)).toEqual([
      ...['promoted', 'promoted', ...Array(8).fill('stayed')],
      ...['promoted', 'promoted'],
    ]);

    // The second week: one of them stays away, and everybody plays where the first one took them.
    await giveAll(laurel, crowd.slice(1));
    const now = async (name: string) =>
      (await (await clients.participant(name)).leaderboards.cohort({ contest })).cohort;
    expect(await now('p1')).toMatchObject({ division: 'Silver', level: 2, outcome: null });
    expect(await now('p2')).toMatchObject({ division: 'Bronze', level: 1 });
    expect(await now('p11')).toMatchObject({ division: 'Silver', promote: 2, demote: 1 });
    expect(await now('p0')).toBeNull();
    await settledAt([laurel], '2030-03-18T00:00:02Z', 2);
    expect(
      (await clients.host.leaderboards.cohort({ contest, participant: 'p11', at: '2030-03-17T12:00:00Z' })).cohort,
    ).toMatchObject({ level: 2, outcome: 'demoted' });
    // Whoever was away is where they were.
    await give(laurel, 'p0', 1);
    expect(await now('p0')).toMatchObject({ division: 'Silver' });
    expectSound(await seats(laurel), { size: 10, divisions: 3 });
  });

  it('seats whoever reads their cohort at once, with exact ranks', async () => {
    const laurel = await openLeague({}, crowd, { background: false });
    const clients = await clientsOf(laurel);
    for (const [name, points] of [
      ['p0', 3],
      ['p1', 7],
      ['p2', 7],
      ['p3', 1],
    ] as const) {
      await give(laurel, name, points);
    }
    const { items } = await (await clients.participant('p3')).leaderboards.cohort({ contest });
    expect(items.map((row) => [row.name, row.rank, row.denseRank, row.ordinal, row.tiedWith])).toEqual([
      ...[
        ['p1', 1, 1, 1, 1],
        ['p2', 1, 1, 2, 1],
      ],
      ...[
        ['p0', 3, 2, 3, 0],
        ['p3', 4, 3, 4, 0],
      ],
    ]);
    expect(await seats(laurel)).toHaveLength(4);
  });

  it('shows names as the contest does, and the caller their own', async () => {
    const laurel = await openLeague({ names: 'pseudonyms' });
    const clients = await clientsOf(laurel);
    await giveAll(laurel, ['p0', 'p1']);
    const { items } = await (await clients.participant('p1')).leaderboards.cohort({ contest });
    expect(items.map(({ name, self }) => [name, self])).toEqual([
      [expect.stringMatching(/^Guest /), false],
      ['p1', true],
    ]);
    const { items: board } = await clients.page.leaderboards.list({ contest });
    expect(items.map(({ id }) => id)).toEqual(board.map(({ id }) => id));
    await expect(clients.page.leaderboards.cohort({ contest })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('shows nothing of a hidden board before the end, but to the host', async () => {
    const laurel = await openLeague({ hideUntilEnd: true });
    const clients = await clientsOf(laurel);
    await giveAll(laurel, ['p0', 'p1']);
    const own = await (await clients.participant('p1')).leaderboards.cohort({ contest });
    expect(own).toMatchObject({ hidden: true, cohort: null, items: [], participants: 0 });
    const host = await clients.host.leaderboards.cohort({ contest, participant: 'p1' });
    expect(host).toMatchObject({ hidden: false, cohort: { number: 1 }, participants: 2 });
  });

  it('has cohorts in leagues only', async () => {
    const laurel = await openLeague({ kind: 'leaderboard', league: null });
    const ada = await (await clientsOf(laurel)).participant('p0');
    await expect(ada.leaderboards.cohort({ contest })).rejects.toMatchObject({ code: 'contest_kind_conflict' });
  });
});

describe(`the periods of a league (${storageName})`, () => {
  it('end by the contest’s zone: a week of 167 hours, and the last one with the contest', async () => {
    const laurel = await openLeague({ endsAt: '2030-04-03T10:00:00Z' });
    const cohortOf = (participant: string, at?: string) =>
      laurel.api.leaderboards.cohort({ contest, participant, ...(at && { at }) });
    laurel.travelTo(new Date('2030-03-31T22:59:59.999Z'));
    await giveAll(laurel, ['p0', 'p1', 'p2']);
    expect(await cohortOf('p0')).toMatchObject({
      ...{ startsAt: '2030-03-25T00:00:00.000Z', endsAt: '2030-03-31T23:00:00.000Z' },
    });
    laurel.travelTo(new Date('2030-03-31T23:00:00Z'));
    await give(laurel, 'p3', 5);
    expect(await cohortOf('p3')).toMatchObject({
      ...{ startsAt: '2030-03-31T23:00:00.000Z', endsAt: '2030-04-03T10:00:00.000Z', participants: 0 },
    });
    const [week] = await settledAt([laurel], '2030-03-31T23:00:02Z', 1);
    expect(week?.period_start.toISOString()).toBe('2030-03-25T00:00:00.000Z');
    expect((await cohortOf('p3')).items.map(({ name }) => name)).toEqual(['p3']);
    expect((await cohortOf('p0')).cohort).toBeNull();

    await settledAt([laurel], '2030-04-03T10:00:02Z', 2);
    expect(await cohortOf('p3')).toMatchObject({ state: 'frozen', cohort: { outcome: 'promoted' } });
    expect((await cohortOf('p0', '2030-03-25T00:00:00Z')).cohort).toMatchObject({ outcome: 'promoted' });
    // Nothing is left to do, however often somebody looks.
    laurel.travelTo(new Date('2030-06-01T00:00:00Z'));
    const before = await seats(laurel);
    await keep(laurel);
    expect((await cohortOf('p3')).cohort).toMatchObject({ number: 1, outcome: 'promoted' });
    expect(await seats(laurel)).toEqual(before);
  });

  it('wait for points that are still on their way, but not for ever', async () => {
    const laurel = await openLeague({}, crowd, { background: false });
    const cohortOf = async (participant: string, at?: string) =>
      (await laurel.api.leaderboards.cohort({ contest, participant, ...(at && { at }) })).cohort;
    await give(laurel, 'p0', 1);
    expect(await cohortOf('p0')).toMatchObject({ level: 1 });
    await sql(
      laurel,
      `insert into $schema.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
       select contest.id, participant.id, 5, 'slow', '2030-03-10T23:59:59Z' from $schema.contest, $schema.participant
       where external_id = 'p1'`,
    );
    laurel.travelTo(new Date('2030-03-11T00:00:59Z'));
    await give(laurel, 'p2', 1);
    expect(await cohortOf('p2')).toBeNull();
    expect(await settledPeriods(laurel)).toEqual([]);
    laurel.travelTo(new Date('2030-03-11T00:01:00Z'));
    expect(await cohortOf('p2')).toMatchObject({ level: 1, outcome: null });
    expect(await cohortOf('p0', '2030-03-10T00:00:00Z')).toMatchObject({ outcome: 'promoted' });
  });

  it('are settled whole or not at all', async () => {
    const laurel = await openLeague({}, crowd, { background: false });
    await giveAll(laurel, ['p0', 'p1']);
    await laurel.api.leaderboards.cohort({ contest, participant: 'p0' });
    await sql(laurel, `alter table $schema.league_period add constraint broken check (settled_at is null) not valid`);
    laurel.travelTo(new Date('2030-03-11T12:00:00Z'));
    await give(laurel, 'p2', 1);
    await expect(laurel.api.leaderboards.cohort({ contest, participant: 'p2' })).rejects.toThrow('broken');
    expect((await seats(laurel)).map(({ outcome }) => outcome)).toEqual([null, null]);
    await sql(laurel, 'alter table $schema.league_period drop constraint broken');
    await laurel.api.leaderboards.cohort({ contest, participant: 'p2' });
    expect((await seats(laurel)).map(({ outcome }) => outcome)).toEqual(['promoted', 'promoted', null]);
  });
});

describe(`a league kept by two Laurels at once (${storageName})`, () => {
  const names = Array.from({ length: 500 }, (_, index) => `m${index}`);
  const random = steadyRandom(7);
  let nodes: [TestLaurel, TestLaurel];

  beforeAll(async () => {
    const first = await openLeague({ league: { ...league, size: 30, promote: 5, demote: 5 } }, []);
    nodes = [first, await testLaurel({ schema: first.schema })];
    nodes[1].travelTo(new Date('2030-03-04T12:00:00Z'));
    await sql(
      first,
      `insert into $schema.participant (id, external_id, display_name, metadata)
       select gen_random_uuid(), name, name, '{}' from unnest($1::text[]) name`,
      [names],
    );
    // Whatever writes an outcome shows here.
    await sql(first, 'create table $schema.written (participant_id uuid, period_start timestamptz, outcome text)');
    await sql(
      first,
      `create function $schema.note_outcome() returns trigger language plpgsql as $$ begin
         insert into $schema.written values (new.participant_id, new.period_start, new.outcome); return new; end $$`,
    );
    await sql(
      first,
      `create trigger note_outcome after update on $schema.league_member
       for each row execute function $schema.note_outcome()`,
    );
  });

  /** Everybody gets points, some by one node, some by the other, while both seat them and some read their cohort. */
  const play = async (players: readonly string[]) => {
    await Promise.all(
      players.map(async (name, index) => {
        const node = nodes[index % 2] as TestLaurel;
        await give(node, name, 1 + Math.floor(random() * 50));
        if (index % 10 === 0) await node.api.leaderboards.cohort({ contest, participant: name });
        if (index % 50 === 0) await keep(node);
      }),
    );
  };

  it('seats 500 participants once each, in full cohorts', async () => {
    await play(names);
    await keep(nodes[0]);
    const rows = await eventually(
      () => seats(nodes[0]),
      ({ length }) => length === 500,
    );
    expect(new Set(rows.map(({ participant }) => participant)).size).toBe(500);
    expect(Math.max(...rows.map(({ cohort }) => cohort))).toBe(17);
    expectSound(rows, { size: 30, divisions: 3 });
  }, 30_000);

  it('settles each period once, and everybody has one outcome', async () => {
    await settledAt(nodes, '2030-03-11T00:00:05Z', 1);
    await play(names.slice(0, 400));
    await settledAt(nodes, '2030-03-18T00:00:05Z', 2);
    await play(names.slice(100));
    const settled = await settledAt(nodes, '2030-03-25T00:00:05Z', 3);
    const rows = await seats(nodes[0]);
    expect(rows).toHaveLength(1300);
    expect(rows.every(({ outcome }) => outcome !== null)).toBe(true);
    expectSound(rows, { size: 30, divisions: 3 });
    expect(new Set(rows.map(({ level }) => level))).toEqual(new Set([1, 2, 3]));
    const cohorts = Map.groupBy(rows, (row) => `${row.period_start.toISOString()} ${row.level} ${row.cohort}`);
    for (const cohort of cohorts.values()) {
      const counts = Map.groupBy(cohort, ({ outcome }) => outcome);
      const level = cohort[0]?.level ?? 0;
      if (cohort.length >= 10) expect(counts.get('promoted')?.length ?? 0).toBe(level < 3 ? 5 : 0);
      if (cohort.length >= 10) expect(counts.get('demoted')?.length ?? 0).toBe(level > 1 ? 5 : 0);
    }

    // Points that come later than a period was settled change no outcome.
    await Promise.all(nodes.flatMap((node) => [keep(node), keep(node)]));
    await give(nodes[0], 'm1', 40);
    await eventually(
      () => seats(nodes[0]),
      ({ length }) => length === 1301,
    );
    expect(await settledPeriods(nodes[0])).toEqual(settled);
    const twice = await sql(
      nodes[0],
      'select from $schema.written group by participant_id, period_start having count(*) > 1',
    );
    expect(twice).toEqual([]);
    const [written] = await sql<{ rows: number }>(nodes[0], 'select count(*)::int as rows from $schema.written');
    expect(written?.rows).toBe(1300);
    expect(await nodes[0].recount()).toEqual([]);
  }, 30_000);
});
