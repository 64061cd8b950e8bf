import { createRecent } from '../recent.ts';

const mostKept = 200;
const mostMilliseconds = 60_000;
/** What is read quicker than that is read anew each time. */
const quickMilliseconds = 50;
/** An answer is kept for so many times as long as reading it took: so reading takes a twentieth of a core at most. */
const timesReading = 20;

interface Kept<Answer> {
  answer: Promise<Answer>;
  /** Infinite while it is being read. */
  until: number;
}

/**
 * Makes a memory of answers that take long: all who ask meanwhile share one reading, and it is kept for a while after, at
 * most a minute from its beginning. What could not be read is not kept.
 */
export function createKept<Answer>(clock: () => number = () => performance.now()) {
  const recent = createRecent<Kept<Answer>>(mostKept);
  return (key: string, read: () => Promise<Answer>): Promise<Answer> => {
    const known = recent.get(key);
    if (known && clock() < known.until) return known.answer;
    const began = clock();
    const kept: Kept<Answer> = { answer: read(), until: Number.POSITIVE_INFINITY };
    recent.set(key, kept);
    kept.answer.then(
      () => {
        const took = clock() - began;
        kept.until = took < quickMilliseconds ? 0 : began + Math.min(mostMilliseconds, took * timesReading);
      },
      () => {
        kept.until = 0;
      },
    );
    return kept.answer;
  };
}
