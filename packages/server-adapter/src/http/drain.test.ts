import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDrain } from './drain.ts';

describe('the drain', () => {
  it('waits for what is under way, also for what came while it waited', async () => {
    const drain = createDrain();
    const done: number[] = [];
    const work = (milliseconds: number) =>
      drain.during(milliseconds, (each) => sleep(each).then(() => done.push(each)));
    void work(20);
    void work(60);
    const closed = drain.close(5000);
    expect([drain.draining, drain.closed]).toEqual([true, false]);
    void work(90);
    expect(await closed).toBe(0);
    expect([done, drain.closed]).toEqual([[20, 60, 90], true]);
  });

  it('ends at once when nothing is under way, and counts work that fails', async () => {
    const drain = createDrain();
    await expect(drain.during(null, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await drain.close(5000)).toBe(0);
  });

  it('does not wait for ever', async () => {
    const drain = createDrain();
    void drain.during(1000, sleep);
    expect(await drain.close(10)).toBe(1);
  });
});
