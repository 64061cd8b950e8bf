import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, databaseUrl, refer, seed, sql, storageName, testLaurel } from './support.ts';

const people = Array.from({ length: 6 }, (_, index) => `person-${index}`);

describe(`past boards (${storageName})`, () => {
  let laurel: TestLaurel;
  let count = 0;
  const sales: string[] = [];

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, [...people, 'buyer'], { scoring: [{ event: '*', points: 4 }], period: 'day' });
    // Points of another day, which are of the whole contest's board alone.
    laurel.travelTo(new Date(Date.now() - 86_390_000));
    for (const person of people.slice(0, 2)) await award(person, 2);
    laurel.travelTo(null);
    await refer(laurel.api, people[0] as string, 'buyer');
  });

  const live = async (window: 'all' | 'period' = 'all') => {
    const { items, seq, participants } = await laurel.api.leaderboards.list({ contest: 'spring', window, limit: 100 });
    return { items, seq, participants };
  };

  /** All pages over HTTP, as the host reads them. */
  const past = async (query: string, limit = 2) => {
    const items: unknown[] = [];
    let cursor: string | null = null;
    let first: { seq: number; participants: number } | undefined;
    do {
      const path = `/contests/spring/leaderboard/past?${query}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`;
      const { status, json } = await ask(laurel, 'GET', path, { credential: laurel.secretKey });
      expect(status, JSON.stringify(json)).toBe(200);
      first ??= json;
      expect(json.seq).toBe(first?.seq);
      items.push(...json.items);
      cursor = json.nextCursor;
    } while (cursor !== null);
    return { items, seq: first?.seq, participants: first?.participants };
  };

  const award = (participant: string, points: number) =>
    laurel.api.points.award({ contest: 'spring', participant, points, idempotencyKey: `award-${++count}` });

  /** An instant of the database's clock after everything before it and before everything after it. */
  const instant = async () => {
    const read = async () => (await sql<{ at: Date }>(laurel, 'select clock_timestamp() as at'))[0]?.at.getTime() ?? 0;
    const at = (await read()) + 1;
    while ((await read()) <= at);
    return new Date(at).toISOString();
  };

  it('are what the board said then, row by row, at each sequence number and each instant', async () => {
    const step = fc.record({
      person: fc.constantFrom(...people),
      points: fc.integer({ min: 1, max: 3 }),
      kind: fc.constantFrom('award' as const, 'award' as const, 'sale' as const, 'undo' as const),
    });
    type Board = Awaited<ReturnType<typeof live>>;
    const seen: { at: string; board: Board; today: Board }[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), fc.nat(), async (steps, which) => {
        for (const { person, points, kind } of steps) {
          if (kind === 'award') await award(person, points);
          else if (kind === 'sale') {
            const sale = { program: 'friends', participant: 'buyer', event: 'buy', idempotencyKey: `sale-${++count}` };
            sales.push((await laurel.api.conversions.create(sale)).id);
          } else {
            const conversion = sales.pop();
            if (conversion) await laurel.api.conversions.reverse({ conversion });
          }
          const board = await live();
          seen.push({ board, today: await live('period'), at: await instant() });
        }
        const then = seen[which % seen.length] as (typeof seen)[number];
        expect(await past(`seq=${then.board.seq}`)).toEqual(then.board);
        expect(await past(`at=${then.at}`)).toEqual(then.board);
        expect(await past(`seq=${then.board.seq}&window=period`)).toEqual(then.today);
        expect(await past(`at=${then.at}&window=period`)).toEqual(then.today);
      }),
      { numRuns: 15, endOnFailure: true },
    );
    const last = seen.at(-1) as (typeof seen)[number];
    expect(last.board.participants).toBeGreaterThan(2);
    expect(last.today).not.toEqual(last.board);
    expect(await past(`seq=${last.board.seq + 1000}`)).toEqual(last.board);
    expect(await past('seq=0')).toEqual({ items: [], seq: 0, participants: 0 });
    expect(await past('at=2020-01-01T00:00:00Z')).toEqual({ items: [], seq: 0, participants: 0 });
  });

  it('go on with the page of the same board, however far the contest has come meanwhile', async () => {
    for (const person of people) await award(person, 50);
    const before = await live();
    const path = (cursor: string) => `/contests/spring/leaderboard/past?at=2100-01-01T00:00:00Z&limit=3${cursor}`;
    const read = async (cursor = '') => (await ask(laurel, 'GET', path(cursor), { credential: laurel.secretKey })).json;
    const first = await read();
    await award(people.at(-1) as string, 500);
    const second = await read(`&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(before.items);
  });

  it('are the host’s alone, and of one moment', async () => {
    const { token } = await laurel.api.participants.createToken({ participant: 'person-0' });
    const { token: staff } = await laurel.api.staff.createToken({ name: 'Sam' });
    const look = async (credential: string, query: string) =>
      (await ask(laurel, 'GET', `/contests/spring/leaderboard/past?${query}`, { credential })).status;
    expect(await look(laurel.publishableKey, 'seq=1')).toBe(403);
    expect(await look(token, 'seq=1')).toBe(403);
    expect(await look(staff, 'seq=1')).toBe(200);
    expect(await look(laurel.secretKey, '')).toBe(422);
    expect(await look(laurel.secretKey, 'seq=1&at=2026-01-01T00:00:00Z')).toBe(422);
  });

  // Embedded storage has one connection: nothing crosses.
  if (databaseUrl)
    it('hold no row of a transaction that had not ended then', async () => {
      const before = await live();
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query('begin');
      const [{ id }] = (
        await client.query(`select id from "${laurel.schema}".contest where slug = 'spring' for update`)
      ).rows;
      // Both began before that instant and end after it; the second row came into being first.
      const waiting = award('person-1', 1000);
      const at = await instant();
      await client.query(
        `with next as (update "${laurel.schema}".contest set seq = seq + 1 where id = $1 returning seq)
         insert into "${laurel.schema}".ledger (contest_id, seq, participant_id, points, cause, occurred_at, created_at)
         select $1, seq, (select id from "${laurel.schema}".participant where external_id = 'person-2'), 7, 'crossing', now(), clock_timestamp() from next`,
        [id],
      );
      await client.query('commit');
      await client.end();
      await waiting;
      const then = await past(`at=${at}`);
      expect(then.seq).toBe(before.seq);
      expect(then.items).toEqual(before.items);
    });
});
