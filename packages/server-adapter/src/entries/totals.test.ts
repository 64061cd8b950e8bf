import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { createAllTickets, ticketsOf } from './totals.ts';

const contest = { id: 'one', settings: { kind: 'raffle', mostEntries: 10 } } as unknown as ContestRow;

/** A database that has one ticket more at each look, and an allTickets with a clock to turn. */
function watched() {
  let looks = 0;
  let milliseconds = 0;
  const database = { schema: '', query: async () => [{ tickets: String(++looks) }] } as unknown as Database;
  const allTickets = createAllTickets(() => milliseconds);
  return {
    now: () => allTickets(database, contest),
    pass: (more: number) => {
      milliseconds += more;
    },
  };
}

describe('allTickets', () => {
  it('adds up once for all calls of five seconds, and again after them: who joins moves no ledger', async () => {
    const { now, pass } = watched();
    expect(await Promise.all([now(), now(), now()])).toEqual([1, 1, 1]);
    pass(4_999);
    expect(await now()).toBe(1);
    pass(1);
    expect(await now()).toBe(2);
  });

  it('asks again after a failure', async () => {
    const answers = [Promise.reject(new Error('gone')), Promise.resolve([{ tickets: '7' }])];
    const database = { schema: '', query: () => answers.shift() } as unknown as Database;
    const allTickets = createAllTickets();
    await expect(allTickets(database, contest)).rejects.toThrow('gone');
    expect(await allTickets(database, contest)).toBe(7);
  });
});

describe('ticketsOf', () => {
  it('is never below nothing, nor above what a raffle allows', () => {
    fc.assert(
      fc.property(fc.integer(), fc.option(fc.integer({ min: 1, max: 1_000_000 })), (points, mostEntries) => {
        const tickets = ticketsOf({ kind: 'raffle', mostEntries }, points);
        expect(tickets).toBe(Math.max(0, Math.min(points, mostEntries ?? 1_000_000)));
        expect(ticketsOf({ kind: 'leaderboard', mostEntries }, points)).toBe(Math.max(0, points));
      }),
    );
  });
});
