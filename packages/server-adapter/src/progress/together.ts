import type { Storage } from '../db/storage.ts';
import type { Telling, Told } from '../telling.ts';
import type { ProgressInput } from './input.ts';
import { type ProgressWriting, type Recorded, writeProgress } from './write.ts';

/** Makes the function that records the events of many calls in one transaction of its own, for group commit. */
export const createProgressWriter =
  (storage: Storage, writing: ProgressWriting, telling: Telling) =>
  async (items: readonly ProgressInput[]): Promise<Recorded[]> => {
    let answers: Recorded[] = [];
    await telling<Told>(async (channel) => {
      const { recorded, told } = await storage.transaction((transaction) =>
        writeProgress(transaction, writing, items, channel),
      );
      answers = recorded;
      return [{ told }];
    });
    return answers;
  };
