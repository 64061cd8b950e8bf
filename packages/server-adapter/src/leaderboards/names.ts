import type { Database } from '../db/database.ts';
import { createRecent, type Recent } from '../recent.ts';
import { shownColumns } from '../shown-names.ts';

/** What a participant chose to show. */
export interface ShownAs {
  displayName: string | null;
  avatarUrl: string | null;
}

/** Names and pictures for rows of boards in memory. */
export interface Names {
  /**
   * Those known of these participants; a promise when the database must be asked.
   * @param asIn - the contest that must show them, where that is not for everybody: nobody's who did not agree
   */
  of(participantIds: readonly string[], asIn?: string): Map<string, ShownAs> | Promise<Map<string, ShownAs>>;
  /** Grows with every change: what was made of names at an older version may be wrong. */
  readonly version: number;
  /** Somebody changed theirs, or where they show it: what was read before counts no more. */
  forget(participantIds: readonly string[]): void;
  /** A contest was changed, and with it perhaps whom it shows. */
  forgetContest(contestId: string): void;
  forgetAll(): void;
}

interface Row {
  id: string;
  display_name: string | null;
  avatar_url: string | null;
}

/** Contests whose own names are kept. */
const mostContests = 100;

/** Makes the names, keeping about `limit` of them, and as many of each contest that asks its entrants. */
export function createNames(database: Database, limit = 50_000): Names {
  const { schema } = database;
  const everywhere = createRecent<ShownAs>(limit);
  const byContest = new Map<string, Recent<ShownAs>>();
  const chosen = `select id, display_name, avatar_url from ${schema}.participant where id = any($1::uuid[])`;
  const shown = `select participant.id, ${shownColumns(schema, 'participant.id')}
    from ${schema}.participant join ${schema}.contest on contest.id = $2 where participant.id = any($1::uuid[])`;
  // An answer that was asked for before a change may be older than it, so it is not kept.
  let version = 0;

  const keptOf = (contestId: string) => {
    const known = byContest.get(contestId);
    if (known) return known;
    if (byContest.size >= mostContests) byContest.clear();
    const kept = createRecent<ShownAs>(limit);
    byContest.set(contestId, kept);
    return kept;
  };

  const ask = async (
    missing: readonly string[],
    asIn: string | undefined,
    kept: Recent<ShownAs>,
    found: Map<string, ShownAs>,
  ) => {
    const before = version;
    const rows =
      asIn === undefined
        ? await database.query<Row>(chosen, [missing], 'laurel_board_names')
        : await database.query<Row>(shown, [missing, asIn], 'laurel_board_names_of_contest');
    for (const row of rows) {
      const name = { displayName: row.display_name, avatarUrl: row.avatar_url };
      found.set(row.id, name);
      if (before === version) kept.set(row.id, name);
    }
    return found;
  };

  return {
    of: (participantIds, asIn) => {
      const kept = asIn === undefined ? everywhere : keptOf(asIn);
      const found = new Map<string, ShownAs>();
      const missing: string[] = [];
      for (const id of participantIds) {
        const name = kept.get(id);
        if (name) found.set(id, name);
        else missing.push(id);
      }
      return missing.length === 0 ? found : ask(missing, asIn, kept, found);
    },
    get version() {
      return version;
    },
    forget: (participantIds) => {
      version += 1;
      for (const id of participantIds) {
        everywhere.delete(id);
        for (const kept of byContest.values()) kept.delete(id);
      }
    },
    forgetContest: (contestId) => {
      if (byContest.delete(contestId)) version += 1;
    },
    forgetAll: () => {
      version += 1;
      everywhere.clear();
      byContest.clear();
    },
  };
}
