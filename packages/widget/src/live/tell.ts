import type { Language } from '../i18n/index.ts';
import { cleanName } from '../parts/name.ts';
import { placeOf } from '../stores/board.ts';
import type { View } from '../stores/leaderboard.ts';
import { countChanges } from './merge.ts';

/** What changed between two pictures of a board, in one sentence: own rank first, then a new leader; `''` for nothing. */
export function tellChanges(before: View, after: View, { say, number }: Language): string {
  if (before.page.window !== after.page.window) return '';
  const was = placeOf(before.page.items, before.own);
  const is = placeOf(after.page.items, after.own);
  if (was && is && was.rank !== is.rank) return say('saidYou', { rank: number(is.rank) });
  const leader = after.page.items[0];
  if (leader && leader.id !== before.page.items[0]?.id) {
    return say('saidLead', { name: cleanName(leader.name), points: say('points', { n: leader.score }) });
  }
  const changes = countChanges(before, after);
  return changes > 0 ? say('saidChanges', { n: changes }) : '';
}
