import type { Database } from '../db/database.ts';
import type { ContestRow, ContestState } from '../db/references.ts';
import type { DatabaseClock } from './database-clock.ts';
import { endOfWindow, momentOf, startOfPeriod, startOfWindow } from './window.ts';

/** The period of a contest that holds an instant. */
export interface PeriodFacts {
  /** The instant asked about. */
  at: Date;
  /** Epoch second that the period's standings are kept under. */
  start: number;
  startsAt: Date;
  endsAt: Date;
}

/** What a contest is, read once for many answers. `phase` is that of the moment it was read: see `phaseAt`. */
export interface ContestFacts {
  contest: ContestRow;
  /** `null` for a contest without periods. */
  period: PeriodFacts | null;
}

/** The state of a contest at an instant, as `selectContests` has it in SQL. */
export function phaseAt({ state, starts_at, ends_at }: ContestRow, at: Date): ContestState {
  if (state !== 'scheduled' && state !== 'paused') return state;
  if (at >= ends_at) return 'frozen';
  return state === 'paused' || at < starts_at ? state : 'live';
}

type Answer = ContestRow & {
  laurel_at: Date;
  database_now: Date;
  period_start: number | null;
  window_starts_at: Date;
  window_ends_at: Date;
};

const statement = (schema: string) => `
select contest.*, program.slug as program, moment.at as laurel_at, now() as database_now,
  case when period <> 'contest' then extract(epoch from ${startOfPeriod})::float8 end as period_start,
  ${startOfWindow('period')} as window_starts_at, ${endOfWindow('period')} as window_ends_at
from ${schema}.contest join ${schema}.program on program.id = contest.program_id
cross join lateral (select ${momentOf('coalesce($2::timestamptz, now())')} as at) moment
where contest.id = any($1::uuid[])`;

/**
 * Reads what these contests are at an instant, `null` being the database's own; tells `clock` what time that is. Contests
 * that are gone are missing from the answer.
 */
export async function readFacts(
  database: Database,
  clock: DatabaseClock,
  ids: readonly string[],
  now: Date | null,
): Promise<ContestFacts[]> {
  const asked = performance.now();
  const rows = await database.query<Answer>(statement(database.schema), [ids, now], 'laurel_contest_facts');
  const [first] = rows;
  if (first) clock.observe(first.database_now, asked, performance.now());
  return rows.map(({ laurel_at, database_now, period_start, window_starts_at, window_ends_at, ...row }) => ({
    contest: { ...row, phase: phaseAt(row, now ?? database_now) },
    period:
      period_start === null
        ? null
        : { at: laurel_at, start: period_start, startsAt: window_starts_at, endsAt: window_ends_at },
  }));
}
