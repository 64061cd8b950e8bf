const leastMilliseconds = 1000;
/** From one reading to the next at least so many times as long as it took: so reading takes a twentieth of a core at most. */
const timesReading = 20;

/**
 * Makes a reading that all share who ask at about the same time: at once, or a second after the last one began (later
 * where reading takes long). Whoever asks is answered by a reading that begins after that.
 */
export function paced<Answer>(read: () => Promise<Answer>): () => Promise<Answer> {
  let next: Promise<Answer> | undefined;
  let pause: Promise<void> = Promise.resolve();

  const begin = async () => {
    await pause;
    next = undefined;
    const began = performance.now();
    const answer = read();
    pause = pauseAfter(answer, began);
    return answer;
  };

  return () => {
    next ??= begin();
    return next;
  };
}

async function pauseAfter(answer: Promise<unknown>, began: number): Promise<void> {
  await answer.catch(() => {});
  const took = performance.now() - began;
  await new Promise<void>((resolve) => {
    setTimeout(resolve, Math.max(leastMilliseconds, took * timesReading) - took).unref?.();
  });
}
