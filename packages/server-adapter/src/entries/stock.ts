import type { StockLeft } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';

/** Parameter: contest. */
const statement = (schema: string) => `select prize, remaining::int from ${schema}.instant_stock where contest_id = $1`;

/** How many of each prize of an instant win no play has won yet, in the order of the settings; of anything else `null`. */
export async function stockLeftOf(
  { query, schema }: Database,
  { id, settings }: Pick<ContestRow, 'id' | 'settings'>,
): Promise<z.output<typeof StockLeft>[] | null> {
  if (settings.kind !== 'instant_win' || !settings.instantWin) return null;
  const rows = await query<{ prize: number; remaining: number }>(statement(schema), [id]);
  const remaining = new Map(rows.map((row) => [row.prize, row.remaining]));
  // Nothing is laid out before the first play.
  return settings.instantWin.prizes.map(({ name, stock }, index) => ({
    prize: name,
    left: remaining.get(index) ?? stock,
  }));
}
