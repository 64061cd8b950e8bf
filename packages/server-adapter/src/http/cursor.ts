import { LaurelProblem } from '../problem.ts';

type Kind = 'id' | 'integer';
type Value<Kinds extends readonly Kind[]> = {
  [Index in keyof Kinds]: Kinds[Index] extends 'integer' ? number : string;
};

/** Writes where a list goes on as an opaque string. */
export const writeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/**
 * Reads a cursor that `writeCursor` wrote with values of these kinds.
 * @throws LaurelProblem invalid_cursor for anything else
 */
export function readCursor<const Kinds extends readonly Kind[]>(cursor: string, kinds: Kinds): Value<Kinds> {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === kinds.length && kinds.every((kind, i) => fits(values[i], kind))) {
      return values as Value<Kinds>;
    }
  } catch {
    // Falls through to the one answer for all bad cursors.
  }
  throw new LaurelProblem('invalid_cursor', 'Use the nextCursor of the page before, unchanged, or leave it out.');
}

const fits = (value: unknown, kind: Kind) =>
  kind === 'integer'
    ? Number.isSafeInteger(value)
    : typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
