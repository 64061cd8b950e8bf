import type { Answer, Call } from './store.ts';

type Item = Answer<'leaderboards', 'photoFinish'>['items'][number];

const columns = ['seq', 'occurredAt', 'name', 'points', 'score', 'id'] as const;

/** One cell by RFC 4180; what a spreadsheet would take for a formula gets an apostrophe in front, numbers never do. */
function cell(value: Item[(typeof columns)[number]]): string {
  if (typeof value !== 'string') return value === null ? '' : `${value}`;
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of a photo finish as CSV (RFC 4180); what came too late has neither `seq` nor `score`. */
export const photoFinishCsv = (items: readonly Item[]): string =>
  [columns.join(','), ...items.map((item) => columns.map((column) => cell(item[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');

/** The last hour of a contest that has ended, all of its pages, as CSV. @throws what the API said */
export async function readPhotoFinish(call: Call, who: Parameters<Call>[0], contest: string): Promise<string> {
  const items: Item[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Answer<'leaderboards', 'photoFinish'> = await call(
      who,
      'GET /contests/{contest}/photo-finish',
    )({ contest, limit: 100, ...(cursor && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return photoFinishCsv(items);
}
