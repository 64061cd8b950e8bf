import type { Api } from '@laurelkit/sdk/client';
import type { Page } from './board.ts';

/** The first `count` rows of a board, read page by page (the API gives at most 100 at once). */
export async function readPages(
  api: Api,
  which: { contest: string; window: Page['window'] },
  count: number,
): Promise<Page> {
  let page = await api.leaderboards.list({ ...which, limit: Math.min(100, count) });
  while (page.nextCursor && page.items.length < count) {
    page = await nextPage(api, which, page, Math.min(100, count - page.items.length));
  }
  return page;
}

/** The page with the rows after it. A row that moved meanwhile stays where the newer answer has it. */
export async function nextPage(
  api: Api,
  which: { contest: string; window: Page['window'] },
  page: Page,
  limit: number,
): Promise<Page> {
  const next = await api.leaderboards.list({
    ...which,
    limit,
    ...(page.nextCursor ? { cursor: page.nextCursor } : {}),
  });
  const newer = new Set(next.items.map((row) => row.id));
  return { ...next, items: [...page.items.filter((row) => !newer.has(row.id)), ...next.items] };
}
