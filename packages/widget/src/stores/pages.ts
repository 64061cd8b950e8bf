import type { Connection } from '@laurelkit/sdk/client';
import { ask } from './ask.ts';
import type { Page } from './board.ts';

interface Which {
  contest: string;
  window: Page['window'];
}

const list = (as: Connection, which: Which, limit: number, cursor?: string) =>
  ask(as, 'GET /contests/{contest}/leaderboard')({ ...which, limit, ...(cursor && { cursor }) });

/** The first `count` rows of a board, read page by page (the API gives at most 100 at once). */
export async function readPages(as: Connection, which: Which, count: number): Promise<Page> {
  let page = await list(as, which, Math.min(100, count));
  while (page.nextCursor && page.items.length < count) {
    page = await nextPage(as, which, page, Math.min(100, count - page.items.length));
  }
  return page;
}

/** The page with the rows after it. A row that moved meanwhile stays where the newer answer has it. */
export async function nextPage(as: Connection, which: Which, page: Page, limit: number): Promise<Page> {
  const next = await list(as, which, limit, page.nextCursor ?? '');
  const newer = new Set(next.items.map((row) => row.id));
  return { ...next, items: [...page.items.filter((row) => !newer.has(row.id)), ...next.items] };
}
