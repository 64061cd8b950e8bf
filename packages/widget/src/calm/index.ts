import type { Language } from '../i18n/index.ts';
import type { View } from '../stores/leaderboard.ts';
import type { Phase } from '../stores/phase.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** What stands where rows will be: not started, hidden until the end, or nobody there; a title and a sentence. */
export function calm(phase: Phase, { contest, page }: View, { say, date }: Language): [title: string, text: string] {
  if (phase === 'soon') return [say('soonTitle'), say('soon', { date: date(contest.startsAt, 'full') })];
  if (page.hidden) return [say('hiddenTitle'), say('hidden', { date: date(contest.endsAt, 'full') })];
  return phase === 'over' ? ['', say('nobody')] : [say('emptyTitle'), say('empty')];
}

/** That places below the last row are free. */
export const free = (rows: number, { say, number }: Language): string => say('free', { from: number(rows + 1) });
