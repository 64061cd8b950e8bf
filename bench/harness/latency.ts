import { median, percentile } from './interleave.ts';

/** Something asked many times; each call is timed on its own. */
export interface Question {
  name: string;
  /** How many calls a round has. */
  calls: number;
  ask(call: number): unknown;
}

/** How long it took, in microseconds. */
export interface Latency {
  p50: number;
  p99: number;
}

/**
 * Asks all questions in turn, round after round, the first of which warms up and is not counted.
 * @returns for each question the median over the rounds of each round's percentiles
 */
export async function latencies(questions: readonly Question[], rounds: number): Promise<Latency[]> {
  const found = questions.map(() => ({ p50: [] as number[], p99: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { calls, ask }] of questions.entries()) {
      const times: number[] = [];
      for (let call = 0; call < calls; call++) {
        const began = performance.now();
        const answer = ask(round * calls + call);
        if (answer instanceof Promise) await answer;
        times.push((performance.now() - began) * 1000);
      }
      if (round === 0) continue;
      found[index]?.p50.push(percentile(times, 0.5));
      found[index]?.p99.push(percentile(times, 0.99));
    }
  }
  return found.map(({ p50, p99 }) => ({ p50: median(p50), p99: median(p99) }));
}
