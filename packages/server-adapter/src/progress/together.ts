import { setTimeout as sleep } from 'node:timers/promises';
import { type GroupCommitOptions, groupCommit } from '../db/group-commit.ts';
import { hasSqlState, type Storage } from '../db/storage.ts';
import { LaurelProblem } from '../problem.ts';
import type { Telling, Told } from '../telling.ts';
import type { ProgressInput } from './input.ts';
import { type ProgressWriting, type Recorded, writeProgress } from './write.ts';

const firstPauseMs = 5;
const longestPauseMs = 200;
const patienceMs = 5_000;

/** Few together, so that one who is held by more than the enrolment stalls few, and few learners are ever here. */
const apart = { batchSize: 8, inFlight: 2 };

/**
 * Makes the function that records the events of one call, together with others that come at the same time. Nobody waits for a
 * learner whom another transaction holds: such a call goes apart and is tried again until its learner is free.
 * @returns what throws `overloaded` where a learner is held for longer than five seconds
 */
export function createProgressWriter(
  storage: Storage,
  writing: ProgressWriting,
  telling: Telling,
  gathering: GroupCommitOptions,
): (item: ProgressInput) => Promise<Recorded> {
  const write = async (items: readonly ProgressInput[]): Promise<(Recorded | null)[]> => {
    let answers: (Recorded | null)[] = [];
    await telling<Told>(async (channel) => {
      const { recorded, told } = await storage.transaction((transaction) =>
        writeProgress(transaction, writing, items, { channel, manners: 'pass' }),
      );
      answers = recorded;
      return [{ told }];
    });
    return answers;
  };
  const together = groupCommit(write, gathering);
  const held = groupCommit(write, apart);

  const patiently = async (item: ProgressInput): Promise<Recorded> => {
    const until = performance.now() + patienceMs;
    for (let pause = firstPauseMs; performance.now() < until; pause = Math.min(pause * 2, longestPauseMs)) {
      await sleep(pause);
      const recorded = await orHeld(held(item));
      if (recorded) return recorded;
    }
    throw new LaurelProblem(
      'overloaded',
      'Another transaction holds the progress of this learner. Send the events again, by the same ids.',
      { retryAfter: 2 },
    );
  };

  return async (item) => (await orHeld(together(item))) ?? patiently(item);
}

/** What a call waited for in vain says the same as an enrolment that was passed by. */
async function orHeld(recorded: Promise<Recorded | null>): Promise<Recorded | null> {
  try {
    return await recorded;
  } catch (error) {
    if (hasSqlState(error, '55P03')) return null;
    throw error;
  }
}
