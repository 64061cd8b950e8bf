import { wholeContest } from './board-source.ts';
import type { ContestFacts, PeriodFacts } from './contest-facts.ts';
import type { DatabaseClock } from './database-clock.ts';
import type { KeptFacts } from './kept-facts.ts';

/** Which board of a contest a window is at an instant, and from when to when it goes. */
export interface WindowKey {
  /** `wholeContest`, or the epoch second at which the period begins. */
  period: number;
  startsAt: Date;
  endsAt: Date;
}

/** Whether the period still holds this instant; after the end the last one stays on show. */
const holds = ({ at, endsAt }: PeriodFacts, instant: Date, contestEnd: Date) =>
  at <= instant && (instant < endsAt || endsAt >= contestEnd);

/**
 * The key of a window at `now`, `null` being the database's clock.
 * @param readAt - reads the facts as of another instant
 * @returns `null` when the contest is gone
 */
export async function windowKey(
  facts: KeptFacts,
  clock: DatabaseClock,
  window: 'all' | 'period',
  now: Date | null,
  readAt: (instant: Date) => Promise<ContestFacts | null>,
): Promise<WindowKey | null> {
  const known = facts.known ?? (await facts.get());
  if (!known) return null;
  const { period, starts_at: startsAt, ends_at: endsAt } = known.contest;
  if (window === 'all' || period === 'contest') return { period: wholeContest, startsAt, endsAt };
  let found = known.period;
  if (now) found = (await readAt(now))?.period ?? null;
  else if (!found || !holds(found, clock.now(), endsAt)) {
    facts.forget();
    found = (await facts.get())?.period ?? null;
  }
  if (!found) return null;
  return { period: found.start, startsAt: found.startsAt, endsAt: found.endsAt };
}
