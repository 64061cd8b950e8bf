import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paced } from './paced.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A reading that takes so long, and how often it began. */
function reading(milliseconds: number) {
  let count = 0;
  const read = paced(async () => {
    const answer = ++count;
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return answer;
  });
  return { read, count: () => count };
}

it('reads once for all who ask together, and again for who asks after it began', async () => {
  const { read, count } = reading(10);
  const together = Promise.all([read(), read(), read()]);
  await vi.advanceTimersByTimeAsync(1);
  const later = read();
  await vi.advanceTimersByTimeAsync(998);
  expect([await together, count()]).toEqual([[1, 1, 1], 1]);
  await vi.advanceTimersByTimeAsync(11);
  expect(await later).toBe(2);
});

it('begins no more than once a second, and less often where it takes long', async () => {
  for (const [took, most] of [
    [1, 10],
    [400, 2],
  ] as const) {
    const { read, count } = reading(took);
    for (let step = 0; step < 99; step++) {
      void read();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect([took, count()]).toEqual([took, most]);
  }
});

it('goes on after a reading that failed', async () => {
  let fails = true;
  const read = paced(async () => {
    if (fails) throw new Error('away');
    return 'here';
  });
  await expect(read()).rejects.toThrow('away');
  fails = false;
  const again = read();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await again).toBe('here');
});
