import { letOthersIn } from '../let-others-in.ts';
import { LaurelProblem } from '../problem.ts';
import { hasSqlState } from './storage.ts';

/** How a group-commit writer gathers. */
export interface GroupCommitOptions {
  /** Most items in one statement. */
  batchSize?: number;
  /** Most items waiting; the next is refused with `overloaded`. */
  queueLimit?: number;
  /** Most statements under way at once. */
  inFlight?: number;
}

interface Waiting<Item, Answer> {
  item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

const mostAttempts = 3;

/**
 * A deadlock, a row that a concurrent writer has just made (the next attempt sees it), or a prepared statement that somebody
 * let go of.
 */
const passing = ['40P01', '40001', '23505', '26000'];

/**
 * Whether an error may be the doing of one row, not of the connection or the whole statement: it is refused (SQLSTATE class 22 or
 * 23), or it was waited for in vain, since somebody else holds it.
 */
const blamesRow = (error: unknown) =>
  error instanceof Error && 'code' in error && /^(2[23]|55P03$|57014$)/.test(String(error.code));

/**
 * Gathers the calls that come while a statement is under way into the next one, and answers each from its own row.
 *
 * Few batches are in flight at a time, so a lone caller pays one ordinary commit and a crowd shares one. A batch that fails
 * is halved until the item at fault stands alone, so one bad row never fails its neighbours.
 * @param write - sends one statement for all items and answers in their order
 * @returns the function to call with one item
 */
export function groupCommit<Item, Answer>(
  write: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { batchSize = 256, queueLimit = 10_000, inFlight = 1 }: GroupCommitOptions = {},
): (item: Item) => Promise<Answer> {
  let queue: Waiting<Item, Answer>[] = [];
  let pumps = 0;

  const writeAll = async (batch: Waiting<Item, Answer>[], attempt = 1): Promise<void> => {
    try {
      const answers = await write(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (hasSqlState(error, ...passing) && attempt < mostAttempts) return writeAll(batch, attempt + 1);
      if (batch.length === 1 || !blamesRow(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const middle = batch.length >> 1;
      await writeAll(batch.slice(0, middle));
      await writeAll(batch.slice(middle));
    }
  };

  const pump = async () => {
    pumps++;
    while (queue.length > 0) {
      // An embedded database answers without ever leaving the processor to anybody else.
      await letOthersIn();
      const batch = queue.slice(0, batchSize);
      queue = queue.slice(batchSize);
      if (batch.length > 0) await writeAll(batch);
    }
    pumps--;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      if (queue.length >= queueLimit) {
        reject(new LaurelProblem('overloaded', 'Too many writes are waiting. Try again.', { retryAfter: 1 }));
        return;
      }
      queue.push({ item, resolve, reject });
      if (pumps < inFlight) queueMicrotask(() => pumps < inFlight && queue.length > 0 && void pump());
    });
}
