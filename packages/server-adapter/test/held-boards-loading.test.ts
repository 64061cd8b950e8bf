import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseOn } from '../src/db/database.ts';
import type { ContestRow } from '../src/db/references.ts';
import { findContest } from '../src/db/references.ts';
import type { Storage } from '../src/db/storage.ts';
import { createBoardReader } from '../src/leaderboards/board.ts';
import { type BoardSource, createBoardSource } from '../src/leaderboards/board-source.ts';
import { createHeldBoards, type HeldBoards } from '../src/leaderboards/held-boards.ts';
import { createNames } from '../src/leaderboards/names.ts';
import type { TestLaurel } from '../src/testing.ts';
import { eventually, refer, seed, sql, storageName, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

const people = Array.from({ length: 12 }, (_, index) => `referrer-${index}`);
const friendOf = (person: string) => `friend of ${person}`;
const key = randomBytes(32);

describe(`loading boards (${storageName})`, () => {
  let laurel: TestLaurel;
  let storage: Storage;
  let contest: ContestRow;
  let orders = 0;
  const made: HeldBoards[] = [];

  beforeAll(async () => {
    laurel = await testLaurel({ boards: false });
    await seed(laurel.api, [...people, ...people.map(friendOf)], { period: 'day' });
    for (const person of people) await refer(laurel.api, person, friendOf(person));
    for (const person of people) await buy(person);
    storage = await openTestStorage();
    contest = await findContest(databaseOn(storage, laurel.schema), 'spring', { now: null });
  });
  afterAll(async () => {
    for (const boards of made) await boards.close();
    await storage.close();
  });

  const buy = async (person: string) => {
    const purchase = { program: 'friends', participant: friendOf(person), event: 'buy' };
    return (await laurel.api.conversions.create({ ...purchase, idempotencyKey: `${++orders}` })).id;
  };

  /** Boards of a node of their own, which read two standings at a time; `between` runs after each two. */
  const node = (between: () => Promise<void> = async () => {}) => {
    const database = databaseOn(storage, laurel.schema);
    const source = createBoardSource(storage, laurel.schema);
    const slow: BoardSource = {
      ...source,
      standings: async (...chunk) => {
        const rows = await source.standings(...chunk);
        await between();
        return rows;
      },
    };
    const failures: unknown[] = [];
    const boards = createHeldBoards({
      ...{
        database,
        source: slow,
        isHearing: () => true,
        onFailure: (error) => void failures.push(error),
        chunkRows: 2,
      },
    });
    made.push(boards);
    const context = { database, reads: database, now: null, enlisted: false };
    const sources: string[] = [];
    const reader = createBoardReader(key, boards, (from) => sources.push(from));
    const page = () => reader.page(context, contest, 'all', null, 100);
    const held = () => eventually(page, () => sources.at(-1) === 'held');
    const none = createHeldBoards({ database, source, isHearing: () => false, onFailure: () => {} });
    const bySql = () => createBoardReader(key, none).page(context, contest, 'all', null, 100);
    return { boards, page, held, bySql, sources, failures };
  };

  it('reads by SQL until the board is there, and then the same', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { page, held, bySql, sources } = node(() => gate);
    for (let read = 0; read < 3; read++) expect(await page()).toEqual(await bySql());
    expect(sources).toEqual(['sql', 'sql', 'sql']);
    release();
    expect(await held()).toEqual(await bySql());
    expect(sources.at(-1)).toBe('held');
  });

  it('neither loses nor doubles what is written meanwhile', async () => {
    const bought: string[] = [];
    const { boards, page, held, bySql, failures } = node(async () => {
      // Some of these are in chunks already read, some in chunks still to come; one goes back to nothing and returns.
      for (const person of ['referrer-0', 'referrer-5', 'referrer-11']) bought.push(await buy(person));
      const taken = bought.shift();
      if (taken) await laurel.api.conversions.reverse({ conversion: taken });
    });
    await page();
    await held();
    const { seq } = await bySql();
    boards.acknowledged(contest.id, seq);
    expect(await held()).toEqual(await bySql());
    expect(failures).toEqual([]);
  });

  it('shows what this node wrote at once, and what others wrote as soon as it hears of it', async () => {
    const { boards, page, held, bySql, sources } = node();
    await held();
    await buy('referrer-3');
    const { seq } = await bySql();
    boards.acknowledged(contest.id, seq);
    expect(await page()).toEqual(await bySql());
    await buy('referrer-4');
    boards.receive({ boards: { [contest.id]: seq + 1 } });
    expect(await eventually(page, (found) => found.seq === seq + 1)).toEqual(await bySql());
    await buy('referrer-4');
    // The hint was lost: the sweep finds it.
    await boards.sweep();
    expect(await eventually(page, (found) => found.seq === seq + 2)).toEqual(await bySql());
    expect(sources.at(-1)).toBe('held');
  });

  it('reads by SQL while nothing is heard, and makes boards anew whose standings were rebuilt meanwhile', async () => {
    const { boards, page, held, bySql, sources } = node();
    await sql(laurel, `update $schema.standing set score = score + 1000 where period_start = '-infinity'`);
    expect((await held()).rows[0]?.score).toBeGreaterThan(1000);
    boards.suspend();
    await laurel.recount({ rebuild: true });
    await buy('referrer-7');
    expect(await page()).toEqual(await bySql());
    expect(sources.at(-1)).toBe('sql');
    boards.receive({ missed: true });
    expect(await page()).toEqual(await bySql());
    expect(await held()).toEqual(await bySql());
    // Only points were missed: the board that is there catches up.
    boards.suspend();
    await buy('referrer-7');
    boards.receive({ missed: true });
    expect(await held()).toEqual(await bySql());
  });

  it('does not take a database that was set back for the one it knew', async () => {
    const { boards, held, bySql, page } = node();
    await buy('referrer-1');
    await held();
    await sql(laurel, 'alter table $schema.ledger disable trigger ledger_append_only');
    await sql(
      laurel,
      'delete from $schema.ledger where contest_id = $1 and seq = (select seq from $schema.contest where id = $1)',
      [contest.id],
    );
    await sql(laurel, 'update $schema.contest set seq = seq - 1 where id = $1', [contest.id]);
    await laurel.recount({ rebuild: true });
    await boards.sweep();
    expect(await page()).toEqual(await bySql());
    expect(await held()).toEqual(await bySql());
    expect(await laurel.recount()).toEqual([]);
  });

  it('does not keep a name that was read before it was withdrawn', async () => {
    const database = databaseOn(storage, laurel.schema);
    let read = () => {};
    const wasRead = new Promise<void>((resolve) => {
      read = resolve;
    });
    let answer = () => {};
    const mayAnswer = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const query: typeof database.query = async (...statement) => {
      const rows = await database.query(...statement);
      read();
      await mayAnswer;
      return rows as never;
    };
    const names = createNames({ ...database, query });
    const { id } = await laurel.api.participants.get({ participant: 'referrer-0' });
    const early = names.of([id]);
    await wasRead;
    await laurel.api.participants.upsert({ externalId: 'referrer-0', displayName: null });
    names.forget([id]);
    answer();
    await early;
    expect((await names.of([id])).get(id)).toEqual({ displayName: null, avatarUrl: null });
  });
});
