import type { LiveMessages } from '@laurelkit/sdk/client';
import { arrange, type Own, type Page } from '../stores/board.ts';

/** What is drawn of a board. */
export interface Picture {
  page: Page;
  own: Own | null;
}

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
export function countChanges(before: Picture, after: Picture): number {
  const rows = ({ page, own }: Picture) =>
    arrange(page.items, own).map(({ row }) => [row.id, `${row.rank}/${row.score}`] as const);
  const [old, fresh] = [new Map(rows(before)), new Map(rows(after))];
  return [...new Map([...old, ...fresh]).keys()].filter((id) => old.get(id) !== fresh.get(id)).length;
}
