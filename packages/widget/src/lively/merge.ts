import type { LiveMessages } from '@laurelkit/sdk/client';
import type { Line, Page } from '../stores/board.ts';

/**
 * The page after a live message; `null` when the message cannot say (then the page must be read again), the same page
 * when the message is not newer. `limit` is how many rows the first page has.
 */
export function mergeLive(page: Page, message: LiveMessages['leaderboard'], limit: number): Page | null {
  if (message.seq <= page.seq) return page;
  if (page.window !== 'all' || page.hidden || limit > 10 || page.items.length > limit) return null;
  const items = message.top.slice(0, limit);
  if (items.length < Math.min(limit, message.participants)) return null;
  return { ...page, seq: message.seq, participants: message.participants, items };
}

/** How many rows came, went, or have another rank or score. */
export function countChanges(before: readonly Line[], after: readonly Line[]): number {
  const table = (lines: readonly Line[]) =>
    new Map(
      lines.flatMap((line) => (line.kind === 'row' ? [[line.row.id, `${line.row.rank}/${line.row.score}`]] : [])),
    );
  const old = table(before);
  const fresh = table(after);
  const ids = new Set([...old.keys(), ...fresh.keys()]);
  return [...ids].filter((id) => old.get(id) !== fresh.get(id)).length;
}
