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
  try {
    const stored = JSON.parse(localStorage.getItem(`laurel:${board}`) ?? 'null') as Visits | null;
    return stored && typeof stored.at === 'number' && stored.before && stored.last ? stored : null;
  } catch {
    return null;
  }
}

/** Keeps the ranks of up to 100 rows, by ids that mean nothing outside this board. */
export function writeVisits(board: string, visits: Visits): void {
  try {
    const last = Object.fromEntries(Object.entries(visits.last).slice(0, 100));
    localStorage.setItem(`laurel:${board}`, JSON.stringify({ ...visits, last }));
  } catch {}
}
