import type { Api } from '@laurelkit/sdk/client';

/** A page of a board as the API answers it. */
export type Page = Awaited<ReturnType<Api['leaderboards']['list']>>;
/** One line of a board. */
export type Row = Page['items'][number];
/** The viewer's own place and the rows around it. */
export type Own = Awaited<ReturnType<Api['leaderboards']['standing']>>;
/** Own rank and score. */
export type Standing = NonNullable<Own['standing']>;

/** What is drawn under each other: rows, and gaps that say how many people they leave out. */
export type Line = { kind: 'row'; row: Row } | { kind: 'gap'; count: number };

/** How far the viewer is from the next better, or as leader from the next worse, score. */
export type Chase = { kind: 'behind' | 'ahead'; points: number; rank: number };

const lastOf = <T>(items: readonly T[]): T | undefined => items[items.length - 1];

/**
 * The rows of the board, then the viewer's own row with a neighbour on each side where it is not among them. Every id
 * once; a gap counts the people between two rows by their ordinals.
 */
export function arrange(rows: readonly Row[], own: Own | null, neighbours = 1): Line[] {
  const lines: Line[] = rows.map((row) => ({ kind: 'row', row }));
  const mine = own?.standing?.id;
  if (!own || !mine || rows.some((row) => row.id === mine)) return lines;
  const at = own.around.findIndex((row) => row.id === mine);
  if (at < 0) return lines;
  const shown = new Set(rows.map((row) => row.id));
  let previous = lastOf(rows)?.ordinal ?? 0;
  for (const row of own.around.slice(Math.max(0, at - neighbours), at + neighbours + 1)) {
    if (shown.has(row.id) || (row.ordinal <= previous && row.id !== mine)) continue;
    if (row.ordinal > previous + 1) lines.push({ kind: 'gap', count: row.ordinal - previous - 1 });
    lines.push({ kind: 'row', row });
    previous = Math.max(previous, row.ordinal);
  }
  return lines;
}

/** The viewer's place, taken from the newest of the board's rows and their own answer. */
export function placeOf(rows: readonly Row[], own: Own | null): Standing | null {
  const standing = own?.standing;
  if (!standing) return null;
  return rows.find((row) => row.id === standing.id) ?? standing;
}

/** Distance to the next score in sight: above, or below for the leader; `null` when no such row is known. */
export function chase(place: Standing, rows: readonly Row[]): Chase | null {
  let above: Row | undefined;
  let below: Row | undefined;
  for (const row of rows) {
    if (row.score > place.score && (!above || row.score < above.score)) above = row;
    if (row.score < place.score && (!below || row.score > below.score)) below = row;
  }
  if (place.rank > 1) return above ? { kind: 'behind', points: above.score - place.score, rank: above.rank } : null;
  return below && place.tiedWith === 0 ? { kind: 'ahead', points: place.score - below.score, rank: below.rank } : null;
}

/** How many ranks up (positive) or down (negative) since the visit before; 0 when unknown or unchanged. */
export function movement(before: Record<string, number>, id: string, rank: number): number {
  const was: unknown = before[id];
  return typeof was === 'number' ? was - rank : 0;
}
