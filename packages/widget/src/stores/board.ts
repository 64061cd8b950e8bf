import type { Api } from '@laurelkit/sdk/client';

/** A page of a board as the API answers it. */
export type Page = Awaited<ReturnType<Api['leaderboards']['list']>>;
/** One line of a board. */
export type Row = Page['items'][number];
/** The viewer's own place and the rows around it. */
export type Own = Awaited<ReturnType<Api['leaderboards']['standing']>>;
/** Own rank and score. */
export type Standing = NonNullable<Own['standing']>;

/** A row, and how many people are left out above it. */
export interface Line {
  row: Row;
  gap: number;
}

/** How far the viewer is from the next better, or as leader from the next worse, score. */
export type Chase = { kind: 'behind' | 'leadBy'; points: number; rank: number };

/**
 * The rows of the board, then the viewer's own row with a neighbour on each side where it is not among them. Every id
 * once; a gap counts the people between two rows by their ordinals.
 */
export function arrange(rows: readonly Row[], own: Own | null): Line[] {
  const lines = rows.map((row) => ({ row, gap: 0 }));
  const mine = own?.standing?.id;
  const around = own?.around ?? [];
  const ids = rows.map((row) => row.id);
  const at = around.findIndex((row) => row.id === mine);
  if (at < 0 || ids.includes(mine as string)) return lines;
  let previous = rows[rows.length - 1]?.ordinal ?? 0;
  for (const row of around.slice(Math.max(0, at - 1), at + 2)) {
    if (ids.includes(row.id) || (row.ordinal <= previous && row.id !== mine)) continue;
    lines.push({ row, gap: Math.max(0, row.ordinal - previous - 1) });
    previous = Math.max(previous, row.ordinal);
  }
  return lines;
}

/** The viewer's place, taken from the newest of the board's rows and their own answer. */
export function placeOf(rows: readonly Row[], own: Own | null): Standing | null {
  const standing = own?.standing;
  return (standing && rows.find((row) => row.id === standing.id)) ?? standing ?? null;
}

/** Distance to the next score in sight: above, or below for a sole leader; `null` when no such row is known. */
export function chase({ rank, score, tiedWith }: Standing, rows: readonly Row[]): Chase | null {
  const leads = rank === 1;
  const distance = (row: Row) => (leads ? score - row.score : row.score - score);
  const [next] = rows.filter((row) => distance(row) > 0).sort((one, other) => distance(one) - distance(other));
  if (!next || (leads && tiedWith > 0)) return null;
  return { kind: leads ? 'leadBy' : 'behind', points: distance(next), rank: next.rank };
}
