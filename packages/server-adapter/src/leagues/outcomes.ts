import type { ContestSettings } from '../db/contest-tables.ts';

/** What a league is played by. */
export type League = NonNullable<ContestSettings['league']>;

/** Where somebody goes after a period. */
export type Outcome = 'promoted' | 'stayed' | 'demoted';

/**
 * How many of a cohort go up and how many go down: nobody up from the highest division nor down from the lowest. A cohort too
 * small for both lets up as many as it should; down go only those who are neither among them nor in its first half.
 */
export function moves(members: number, level: number, { promote, demote, divisions }: Omit<League, 'size'>) {
  const up = level < divisions.length ? promote : 0;
  const down = level > 1 ? demote : 0;
  if (members >= up + down) return { promote: up, demote: down };
  const promoted = Math.min(up, members);
  return { promote: promoted, demote: Math.min(down, members - Math.max(promoted, Math.ceil(members / 2))) };
}

/**
 * What a period came to for each of a cohort.
 * @param scores - of its members in the order of its board: among equal scores that order decides. Nobody goes up without points
 */
export function outcomesOf(scores: readonly number[], level: number, league: Omit<League, 'size'>): Outcome[] {
  const { promote, demote } = moves(scores.length, level, league);
  return scores.map((score, index) => {
    if (index < promote && score > 0) return 'promoted';
    return index >= scores.length - demote ? 'demoted' : 'stayed';
  });
}

/** The division after an outcome. */
export const levelAfter = (level: number, outcome: Outcome | null): number =>
  level + (outcome === 'promoted' ? 1 : outcome === 'demoted' ? -1 : 0);
