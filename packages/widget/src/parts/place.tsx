import type { Language } from '../i18n/index.ts';
import { chase, placeOf } from '../stores/board.ts';
import type { View } from '../stores/leaderboard.ts';

/** The reader's own place in a sentence, and how far the next one is. */
export function place({ page, own }: View, over: boolean, { say, number }: Language) {
  const rows = page.items;
  const mine = placeOf(rows, own);
  const near = mine && !over && chase(mine, [...rows, ...(own?.around ?? [])]);
  if (!mine && over) return null;
  return (
    <p class="place" part="place">
      {mine
        ? say(mine.tiedWith > 0 ? 'yourTie' : 'yourRank', { rank: number(mine.rank), total: number(page.participants) })
        : say('notYet')}
      {near && <span class="muted">{say(near.kind, { n: near.points, rank: number(near.rank) })}</span>}
    </p>
  );
}
