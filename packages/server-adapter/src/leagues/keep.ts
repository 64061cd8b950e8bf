import type { Clock } from '../clock.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { createRecent } from '../recent.ts';
import { assignCohorts, type Period } from './assign.ts';
import { type OpenPeriod, openPeriods } from './open-periods.ts';
import { leagueOf } from './settings.ts';
import { settlePeriod } from './settle.ts';

const mostContests = 200;

/** Keeps leagues to their periods. */
export interface LeagueKeeper {
  /** The keeper's step: settles all periods that are over, and puts into cohorts whoever has points and none. */
  run(): Promise<void>;
  /** The same for one league now; calls that meet are one run and then one more. */
  keep(contestId: string): Promise<void>;
}

/** Makes the keeper of a schema's leagues. Any number of nodes may run it. */
export function createLeagueKeeper(
  storage: Storage,
  schemaName: string,
  clock: Clock,
  onFailure: (error: unknown) => void,
): LeagueKeeper {
  const schema = quoteSchema(schemaName);
  const keeping = createRecent<() => Promise<void>>(mostContests);

  const within = (work: (database: Database) => Promise<unknown>) =>
    storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, schemaName);
      // A league may have a million members.
      await database.query('set local statement_timeout = 0');
      await work(database);
    });

  /** One period after the other: where somebody plays follows from the periods before. */
  const keepLeague = async (periods: readonly OpenPeriod[], now: Date | null) => {
    for (const { contest_id, period_start, league, due, moved } of periods) {
      const period: Period = { contestId: contest_id, start: period_start, league: leagueOf(league), now };
      if (!due) {
        if (moved) await within((database) => assignCohorts(database, period));
        return;
      }
      await within((database) => settlePeriod(database, period));
    }
  };

  return {
    run: async () => {
      const now = clock();
      const periods = await openPeriods(storage, schema, now, null);
      for (const league of Map.groupBy(periods, ({ contest_id }) => contest_id).values()) {
        await keepLeague(league, now).catch(onFailure);
      }
    },
    keep: (contestId) => {
      const known = keeping.get(contestId);
      if (known) return known();
      const keep = oneAtATime(async () => {
        const now = clock();
        await keepLeague(await openPeriods(storage, schema, now, contestId), now);
      });
      keeping.set(contestId, keep);
      return keep();
    },
  };
}
