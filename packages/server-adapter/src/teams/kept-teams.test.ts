import { expect, it } from 'vitest';
import { createKeptTeams } from './kept-teams.ts';

/** A memory whose reads are ended by hand. */
function memory() {
  let now = 0;
  const reads: { contestId: string; end: (error?: Error) => Promise<void> }[] = [];
  const kept = createKeptTeams(
    (contestId) =>
      new Promise((resolve, reject) => {
        const seq = reads.length;
        const end = async (error?: Error) => {
          if (error) reject(error);
          else resolve({ seq, teams: [] });
          await new Promise(setImmediate);
        };
        reads.push({ contestId, end });
      }),
    () => now,
  );
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { kept, reads, pass };
}

it('reads once for all who ask at the same time, whatever the contest of others', async () => {
  const { kept, reads } = memory();
  const asked = ['a', 'a', 'b', 'a'].map((contest) => kept.of(contest));
  expect(reads.map(({ contestId }) => contestId)).toEqual(['a', 'b']);
  for (const { end } of reads) await end();
  expect((await Promise.all(asked)).map(({ seq }) => seq)).toEqual([0, 0, 1, 0]);
});

it.each([
  [5, 100],
  [400, 2_000],
])('keeps what took %i ms for at most %i ms from its beginning', async (took, keptFor) => {
  const { kept, reads, pass } = memory();
  void kept.of('a');
  pass(took);
  await reads[0]?.end();
  pass(keptFor - took - 1);
  void kept.of('a');
  expect(reads).toHaveLength(1);
  pass(1);
  void kept.of('a');
  expect(reads).toHaveLength(2);
});

it('keeps nothing that could not be read, and nothing that was forgotten', async () => {
  const { kept, reads } = memory();
  const failing = kept.of('a');
  await Promise.all([expect(failing).rejects.toThrow('away'), reads[0]?.end(new Error('away'))]);
  void kept.of('a');
  expect(reads).toHaveLength(2);
  kept.forget('a');
  void kept.of('a');
  expect(reads).toHaveLength(3);
});
