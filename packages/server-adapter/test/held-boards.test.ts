import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, databaseUrl, eventually, refer, seed, sql, storageName, testLaurel } from './support.ts';

const people = Array.from({ length: 5 }, (_, index) => `referrer-${index}`);
const friendOf = (person: string) => `friend of ${person}`;
const day = 86_400_000;
const boards = [
  { contest: 'spring', window: 'all' },
  { contest: 'daily', window: 'all' },
  { contest: 'daily', window: 'period' },
] as const;

/** How many reads of boards this node has answered from memory, and how many by SQL. */
async function readsOf(laurel: TestLaurel) {
  const { text } = await ask(laurel, 'GET', '/metrics', { credential: laurel.secretKey });
  const of = (source: string) =>
    Number(new RegExp(`laurel_board_reads_total{source="${source}"} (\\d+)`).exec(text)?.[1] ?? 0);
  return { held: of('held'), sql: of('sql') };
}

/** Everything a node says of all boards: pages of three, and everybody's own place with neighbours. */
async function everything({ api }: TestLaurel) {
  const answers: unknown[] = [];
  for (const board of boards) {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await api.leaderboards.list({ ...board, limit: 3, ...(cursor && { cursor }) });
      answers.push(page);
      cursor = page.nextCursor;
    }
    for (const participant of people)
      answers.push(await api.leaderboards.standing({ ...board, participant, around: 2 }));
  }
  return answers;
}

const seqsOf = async ({ api }: TestLaurel) =>
  JSON.stringify(
    await Promise.all(boards.map(async (board) => (await api.leaderboards.list({ ...board, limit: 1 })).seq)),
  );

/** Asks until boards of this contest come from memory. */
async function warm(laurel: TestLaurel, which: readonly (typeof boards)[number][] = boards) {
  for (const board of which) {
    await eventually(
      async () => {
        const before = await readsOf(laurel);
        await laurel.api.leaderboards.list({ ...board, limit: 1 });
        return (await readsOf(laurel)).held > before.held;
      },
      (held) => held,
    );
  }
}

type Step =
  | { kind: 'convert'; node: number; person: string; event: string }
  | { kind: 'reverse'; node: number; which: number }
  | { kind: 'rename'; node: number; person: string; name: string | null }
  | { kind: 'travel'; days: number | null }
  | { kind: 'restart' }
  | { kind: 'cut' };

const node = fc.nat({ max: 1 });
const person = fc.constantFrom(...people);
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('convert' as const),
        node,
        person,
        event: fc.constantFrom('buy', 'share'),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('reverse' as const), node, which: fc.nat() }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('rename' as const),
        node,
        person,
        name: fc.constantFrom('Ada', 'Bob', null),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('travel' as const), days: fc.constantFrom(null, 0, 1) }) },
    { weight: 1, arbitrary: fc.constantFrom({ kind: 'restart' as const }, { kind: 'cut' as const }) },
  ),
  { minLength: 4, maxLength: 12 },
);

describe(`boards in memory (${storageName})`, () => {
  let nodes: [TestLaurel, TestLaurel];
  /** Holds one small board at most. */
  let small: TestLaurel;
  let reference: TestLaurel;
  const recorded: string[] = [];

  const join = (options = {}) => testLaurel({ schema: reference.schema, ...options });

  beforeAll(async () => {
    reference = await testLaurel({ boards: false });
    await seed(reference.api, [...people, ...people.map(friendOf)]);
    for (const each of people) await refer(reference.api, each, friendOf(each));
    await reference.api.contests.create({
      ...{ program: 'friends', slug: 'daily', name: 'Daily', timeZone: 'Asia/Kathmandu', period: 'day' },
      ...{ startsAt: new Date(Date.now() - day).toISOString(), endsAt: new Date(Date.now() + 9 * day).toISOString() },
      scoring: [
        { event: 'buy', points: 2 },
        { event: 'share', points: 1 },
      ],
    });
    nodes = [await join(), await join()];
    small = await join({ boards: { memoryMegabytes: 0.15 } });
  });

  const act = async (step: Step) => {
    const at = 'node' in step ? (nodes[step.node] as TestLaurel) : nodes[0];
    if (step.kind === 'convert') {
      const conversion = { program: 'friends', participant: friendOf(step.person), event: step.event };
      recorded.push((await at.api.conversions.create({ ...conversion, idempotencyKey: `${recorded.length}` })).id);
    } else if (step.kind === 'reverse') {
      const conversion = recorded[step.which % recorded.length];
      if (conversion) await at.api.conversions.reverse({ conversion });
    } else if (step.kind === 'rename') {
      await at.api.participants.upsert({ externalId: step.person, displayName: step.name });
    } else if (step.kind === 'travel') {
      travel(step.days);
    } else if (step.kind === 'restart') {
      await nodes[1].close();
      nodes[1] = await join();
    } else if (databaseUrl) {
      await sql(
        reference,
        `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen "laurel_' || $1 || '"'`,
        [reference.schema],
      );
    }
    return at;
  };

  let instant: Date | null = null;
  const travel = (days: number | null) => {
    instant = days === null ? null : new Date(Date.now() + days * day);
  };

  it('answer like SQL at the same sequence number, on every node, after any operations', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        for (const step of list) {
          const at = await act(step);
          for (const each of [...nodes, small, reference]) each.travelTo(instant);
          // Another node may be about to number a reversal of this one.
          await eventually(
            () => sql(reference, 'select from $schema.ledger_intake'),
            (rows) => rows.length === 0,
          );
          const expected = await everything(reference);
          const wanted = await seqsOf(reference);
          // A node sees what it wrote itself at once; the others hear of it.
          if (step.kind === 'convert') expect(await seqsOf(at)).toBe(wanted);
          for (const each of [...nodes, small]) {
            if (each !== at || step.kind !== 'convert')
              await eventually(
                () => seqsOf(each),
                (seqs) => seqs === wanted,
              );
            const before = await readsOf(each);
            const answers =
              step.kind === 'rename' && each !== at
                ? await eventually(
                    () => everything(each),
                    (found) => JSON.stringify(found) === JSON.stringify(expected),
                  )
                : await everything(each);
            expect(answers).toEqual(expected);
            compared += (await readsOf(each)).held - before.held;
          }
        }
        expect(await reference.recount()).toEqual([]);
      }),
      { numRuns: databaseUrl ? 5 : 3, endOnFailure: true },
    );
    travel(null);
    for (const each of [...nodes, small, reference]) each.travelTo(null);
    expect(compared).toBeGreaterThan(150);
  }, 240_000);

  it('are of use: once loaded they answer without SQL, for late joiners too', async () => {
    const late = await join();
    await warm(late);
    const before = await readsOf(late);
    expect(await everything(late)).toEqual(await everything(reference));
    const after = await readsOf(late);
    expect(after.sql).toBe(before.sql);
    expect(after.held).toBeGreaterThan(before.held);
  });

  it('leave memory when nobody reads them, and come back', async () => {
    const idle = await join({ boards: { idleSeconds: 1 } });
    await warm(idle);
    const boardsHeld = async () => (await ask(idle, 'GET', '/metrics', { credential: idle.secretKey })).text;
    expect(await boardsHeld()).toMatch(/laurel_boards 3\b/);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await eventually(boardsHeld, (text) => /laurel_boards 0\b/.test(text))).toMatch(/laurel_boards 0\b/);
    expect(await everything(idle)).toEqual(await everything(reference));
    await warm(idle);
  });

  it('forget a name on every node once it is withdrawn', async () => {
    await nodes[0].api.participants.upsert({ externalId: 'referrer-1', displayName: 'Not For Long' });
    await nodes[0].api.conversions.create({
      program: 'friends',
      participant: friendOf('referrer-1'),
      event: 'buy',
      idempotencyKey: 'name',
    });
    const boardOf = async (each: TestLaurel) => JSON.stringify(await everything(each));
    for (const each of nodes) {
      await warm(each);
      expect(
        await eventually(
          () => boardOf(each),
          (text) => text.includes('Not For Long'),
        ),
      ).toContain('Not For Long');
    }
    await nodes[0].api.participants.upsert({ externalId: 'referrer-1', displayName: null });
    expect(await boardOf(nodes[0])).not.toContain('Not For Long');
    expect(
      await eventually(
        () => boardOf(nodes[1]),
        (text) => !text.includes('Not For Long'),
      ),
    ).not.toContain('Not For Long');
  });

  it('hide at once what the host hides', async () => {
    const key = nodes[0].publishableKey;
    await warm(nodes[0]);
    expect((await ask(nodes[0], 'GET', '/contests/spring/leaderboard', { credential: key })).json.hidden).toBe(false);
    await nodes[0].api.contests.update({ contest: 'spring', hideUntilEnd: true });
    expect((await ask(nodes[0], 'GET', '/contests/spring/leaderboard', { credential: key })).json.hidden).toBe(true);
    const elsewhere = () =>
      ask(nodes[1], 'GET', '/contests/spring/leaderboard', { credential: nodes[1].publishableKey });
    expect((await eventually(elsewhere, ({ json }) => json.hidden)).json.items).toEqual([]);
    await nodes[0].api.contests.update({ contest: 'spring', hideUntilEnd: false });
  });

  it('are made anew when standings are rebuilt', async () => {
    await sql(reference, `update $schema.standing set score = score + 1000 where period_start = '-infinity'`);
    const other = await join();
    await warm(other);
    const top = async (each: TestLaurel) =>
      (await each.api.leaderboards.list({ contest: 'spring', limit: 1 })).items[0]?.score;
    expect(await top(other)).toBeGreaterThan(1000);
    await nodes[0].recount({ rebuild: true });
    expect(await everything(nodes[0])).toEqual(await everything(reference));
    await eventually(
      () => top(other),
      (score) => Number(score) < 1000,
    );
    await warm(other);
    expect(await everything(other)).toEqual(await everything(reference));
  });

  it('are not those of a contest that was deleted and made again', async () => {
    await warm(nodes[0]);
    const truths = ['ledger', 'contest_step', 'contest_rules', 'contest_commitment', 'contest_seal'];
    for (const table of truths) {
      await sql(reference, `alter table $schema.${table} disable trigger ${table}_append_only`);
    }
    for (const table of [...truths, 'standing', 'ledger_intake']) {
      await sql(
        reference,
        `delete from $schema.${table} where contest_id = (select id from $schema.contest where slug = 'spring')`,
      );
    }
    await sql(reference, `delete from $schema.contest where slug = 'spring'`);
    const { startsAt, endsAt } = await reference.api.contests.get({ contest: 'daily' });
    await nodes[0].api.contests.create({ program: 'friends', slug: 'spring', name: 'Again', startsAt, endsAt });
    expect((await nodes[0].api.leaderboards.list({ contest: 'spring' })).items).toEqual([]);
    await nodes[0].api.conversions.create({
      program: 'friends',
      participant: friendOf('referrer-2'),
      event: 'buy',
      idempotencyKey: 'again',
    });
    await warm(nodes[0]);
    expect(await everything(nodes[0])).toEqual(await everything(reference));
    expect((await nodes[0].api.leaderboards.list({ contest: 'spring' })).items).toHaveLength(1);
    const items = await eventually(
      () => nodes[1].api.leaderboards.list({ contest: 'spring' }),
      (page) => page.items.length === 1,
    );
    expect(items.items).toHaveLength(1);
  });
});
