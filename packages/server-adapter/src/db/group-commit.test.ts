import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';

/** What PostgreSQL's drivers throw. */
const sqlError = (code: string, message = code) => Object.assign(new Error(message), { code });
const soon = (turns: number) =>
  new Promise<void>((resolve) => (turns > 0 ? setImmediate(() => soon(turns - 1).then(resolve)) : resolve()));

/** A writer that keeps rows in order, all of a batch or none, and refuses odd ones as a constraint would. */
function modelWriter(refused: (item: number) => boolean, delay: (call: number) => number = () => 0) {
  const rows: number[] = [];
  const batches: number[] = [];
  let running = 0;
  const write = async (items: readonly number[]) => {
    expect(++running).toBe(1);
    batches.push(items.length);
    await soon(delay(batches.length));
    running--;
    if (items.some(refused)) throw sqlError('23514', 'check constraint');
    rows.push(...items);
    return items.map((item) => `row ${item}`);
  };
  return { rows, batches, write };
}

const settle = (promises: Promise<string>[]) =>
  Promise.allSettled(promises).then((all) => all.map((each) => (each.status === 'fulfilled' ? each.value : 'refused')));

describe('groupCommit', () => {
  it('answers each call from its own row, in order, and fails exactly the rows at fault', async () => {
    const calls = fc.array(
      fc.record({ bad: fc.integer({ min: 0, max: 9 }).map((dice) => dice < 2), pause: fc.nat(2) }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 16 }), fc.nat(2), async (each, batchSize, delay) => {
        const { rows, batches, write } = modelWriter(
          (item) => each[item]?.bad === true,
          () => delay,
        );
        const commit = groupCommit(write, { batchSize });
        const answers: Promise<string>[] = [];
        for (const [item, { pause }] of each.entries()) {
          const answer = commit(item);
          answer.catch(() => {});
          answers.push(answer);
          if (pause > 0) await soon(pause);
        }
        expect(await settle(answers)).toEqual(each.map(({ bad }, item) => (bad ? 'refused' : `row ${item}`)));
        expect(rows).toEqual([...each.keys()].filter((item) => !each[item]?.bad));
        expect(Math.max(0, ...batches)).toBeLessThanOrEqual(batchSize);
      }),
      { numRuns: 150 },
    );
  });

  it('sends a crowd that comes at once in full statements', async () => {
    const { batches, write } = modelWriter(() => false);
    const commit = groupCommit(write, { batchSize: 100 });
    await Promise.all(Array.from({ length: 250 }, (_, item) => commit(item)));
    expect(batches).toEqual([100, 100, 50]);
  });

  it('has at most so many statements under way, and answers each call from its own row all the same', async () => {
    let running = 0;
    let most = 0;
    const commit = groupCommit(
      async (items: readonly number[]) => {
        most = Math.max(most, ++running);
        await soon(items.length % 3);
        running--;
        return items.map((item) => `row ${item}`);
      },
      { batchSize: 4, inFlight: 2 },
    );
    const answers = await Promise.all(Array.from({ length: 50 }, (_, item) => commit(item)));
    expect(answers).toEqual(Array.from({ length: 50 }, (_, item) => `row ${item}`));
    expect(most).toBe(2);
  });

  it('tries a row again that a concurrent writer has just made', async () => {
    let made = false;
    const commit = groupCommit<number, string>(async (items) => {
      if (!made) {
        made = true;
        throw sqlError('23505', 'duplicate key');
      }
      return items.map(() => 'the one that is there');
    });
    expect(await Promise.all([commit(1), commit(2)])).toEqual(Array(2).fill('the one that is there'));
  });

  it('refuses calls beyond the queue, and takes the next once there is room', async () => {
    const { rows, write } = modelWriter(
      () => false,
      () => 3,
    );
    const commit = groupCommit(write, { batchSize: 2, queueLimit: 4 });
    const answers = Array.from({ length: 6 }, (_, item) => commit(item));
    const refusal = expect(answers[4]).rejects.toMatchObject({ code: 'overloaded', status: 503, retryAfter: 1 });
    expect(await settle(answers)).toEqual(['row 0', 'row 1', 'row 2', 'row 3', 'refused', 'refused']);
    await refusal;
    expect(await commit(6)).toBe('row 6');
    expect(rows).toEqual([0, 1, 2, 3, 6]);
  });

  it('fails a whole batch, once and without splitting it, when the connection is what failed', async () => {
    let calls = 0;
    const commit = groupCommit<number, string>(async () => {
      calls++;
      throw sqlError('57P01', 'terminating connection');
    });
    expect(await settle(Array.from({ length: 8 }, (_, item) => commit(item)))).toEqual(Array(8).fill('refused'));
    expect(calls).toBe(1);
  });

  it('answers the neighbours of a row that somebody else holds', async () => {
    for (const code of ['55P03', '57014']) {
      const commit = groupCommit<number, string>(async (items) => {
        if (items.includes(5)) throw sqlError(code, 'waited in vain');
        return items.map((item) => `row ${item}`);
      });
      const answers = await settle(Array.from({ length: 8 }, (_, item) => commit(item)));
      expect(answers).toEqual(Array.from({ length: 8 }, (_, item) => (item === 5 ? 'refused' : `row ${item}`)));
    }
  });

  it('fails a batch whose error names no state at all', async () => {
    const commit = groupCommit<number, string>(async () => {
      throw new Error('socket closed');
    });
    expect(await settle([commit(1), commit(2)])).toEqual(['refused', 'refused']);
  });

  it('goes on after a failure', async () => {
    let broken = true;
    const commit = groupCommit<number, number>(async (items) => {
      if (broken) throw new Error('away');
      return items;
    });
    await expect(commit(1)).rejects.toThrow('away');
    broken = false;
    expect(await commit(2)).toBe(2);
  });

  it('tries a deadlock again, but not for ever', async () => {
    let deadlocks = 2;
    const attempts: number[] = [];
    const commit = groupCommit<number, number>(async (items) => {
      attempts.push(items.length);
      if (deadlocks-- > 0) throw sqlError('40P01', 'deadlock detected');
      return items;
    });
    expect(await Promise.all([commit(1), commit(2), commit(3)])).toEqual([1, 2, 3]);
    expect(attempts).toEqual([3, 3, 3]);
    deadlocks = Number.POSITIVE_INFINITY;
    await expect(commit(4)).rejects.toMatchObject({ code: '40P01' });
    expect(attempts).toHaveLength(6);
  });

  it('lets callers in between statements of a writer that never waits', async () => {
    const sizes: number[] = [];
    const write = groupCommit(async (items: readonly number[]) => {
      sizes.push(items.length);
      return items;
    });
    const caller = async (caller: number) => {
      for (let round = 0; round < 5; round++) {
        await write(caller);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => caller(index)));
    expect(sizes.length).toBeLessThan(20);
  });
});
