import { quietly } from '../quietly.ts';
import type { View } from '../stores/leaderboard.ts';

/** Ranks by id of one board: at the end of the visit before, and as last seen. */
export interface Visits {
  at: number;
  before: Record<string, number>;
  last: Record<string, number>;
}

const away = 30 * 60_000;

/** What movement is measured against: after half an hour away, the ranks last seen become those of the visit before. */
export function beginVisit(stored: Visits | null, now: number): Record<string, number> {
  if (!stored) return {};
  return now - stored.at > away ? stored.last : stored.before;
}

/** Reads the ranks kept for a board; `null` when there are none or storage is not available. */
export function readVisits(board: string): Visits | null {
  const stored = quietly(() => JSON.parse(localStorage.getItem(`laurel:${board}`) ?? 'null') as Visits | null);
  return typeof stored?.at === 'number' && stored.before && stored.last ? stored : null;
}

/** Keeps the ranks of up to 100 rows, by ids that mean nothing outside this board. */
export function writeVisits(board: string, visits: Visits): void {
  const last = Object.fromEntries(Object.entries(visits.last).slice(0, 100));
  quietly(() => localStorage.setItem(`laurel:${board}`, JSON.stringify({ ...visits, last })));
}

/** A visit: takes each picture of a board that is shown, and gives the ranks of the visit before. */
export function createVisit() {
  const begun: Record<string, Record<string, number>> = {};
  return ({ contest, page }: View): Record<string, number> => {
    const board = `${contest.id}:${page.window}`;
    begun[board] ??= beginVisit(readVisits(board), Date.now());
    const before = begun[board];
    const last = Object.fromEntries(page.items.map(({ id, rank }) => [id, rank]));
    writeVisits(board, { at: Date.now(), before, last });
    return before;
  };
}

/** How many ranks up (positive) or down (negative) since the visit before; 0 when unknown or unchanged. */
export function movement(before: Record<string, number>, id: string, rank: number): number {
  const was: unknown = before[id];
  return typeof was === 'number' ? was - rank : 0;
}
