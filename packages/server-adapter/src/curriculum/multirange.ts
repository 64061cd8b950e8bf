import { type Interval, union } from '@laurelkit/sdk/progress';

const range = /([[(])(\d*),(\d*)([\])])/g;

/**
 * The intervals of a multirange of whole numbers as PostgreSQL writes it, such as `{[0,1000),[2000,3000)}`: in order, apart
 * from each other.
 */
export function readMultirange(text: string): Interval[] {
  const found = [...text.matchAll(range)].map(
    ([, opening, from, to, closing]): Interval => [
      Number(from) + (opening === '(' ? 1 : 0),
      Number(to) + (closing === ']' ? 1 : 0),
    ],
  );
  return union(found);
}

/** Intervals as PostgreSQL reads a multirange of whole numbers; empty ones are left out. */
export const writeMultirange = (intervals: readonly Interval[]): string =>
  `{${union(intervals)
    .map(([from, to]) => `[${from},${to})`)
    .join(',')}}`;
