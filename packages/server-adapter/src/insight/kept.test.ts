import { expect, it } from 'vitest';
import { createKept } from './kept.ts';

/** A memory whose readings are ended by hand. */
function memory() {
  let now = 0;
  const ends: ((error?: Error) => Promise<void>)[] = [];
  const kept = createKept<number>(() => now);
  const ask = (key: string) =>
    kept(
      key,
      () =>
        new Promise((resolve, reject) => {
          const number = ends.length;
          ends.push(async (error) => {
            if (error) reject(error);
            else resolve(number);
            await new Promise(setImmediate);
          });
        }),
    );
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { ask, ends, pass };
}

it('reads once for all who ask for the same at the same time', async () => {
  const { ask, ends } = memory();
  const asked = ['a', 'a', 'b', 'a'].map(ask);
  for (const end of ends) await end();
  expect(await Promise.all(asked)).toEqual([0, 0, 1, 0]);
});

it.each([
  [49, 0],
  [50, 1_000],
  [2_000, 40_000],
  [10_000, 60_000],
])('keeps what took %i ms to read for %i ms from its beginning', async (took, keptFor) => {
  const { ask, ends, pass } = memory();
  void ask('a');
  pass(took);
  await ends[0]?.();
  pass(Math.max(0, keptFor - took - 1));
  void ask('a');
  expect(ends).toHaveLength(keptFor > 0 ? 1 : 2);
  pass(1);
  await ends[1]?.();
  void ask('a');
  expect(ends).toHaveLength(keptFor > 0 ? 2 : 3);
});

it('keeps nothing that could not be read', async () => {
  const { ask, ends } = memory();
  const failing = ask('a');
  await Promise.all([expect(failing).rejects.toThrow('away'), ends[0]?.(new Error('away'))]);
  void ask('a');
  expect(ends).toHaveLength(2);
});
