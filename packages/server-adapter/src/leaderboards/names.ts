import type { Database } from '../db/database.ts';
import { createRecent } from '../recent.ts';

/** What a participant chose to show. */
export interface ShownAs {
  displayName: string | null;
  avatarUrl: string | null;
}

/** Names and pictures for rows of boards in memory. */
export interface Names {
  /** Those known of these participants; a promise when the database must be asked. */
  of(participantIds: readonly string[]): Map<string, ShownAs> | Promise<Map<string, ShownAs>>;
  /** Grows with every change: what was made of names at an older version may be wrong. */
  readonly version: number;
  /** Somebody changed theirs: what was read before counts no more. */
  forget(participantIds: readonly string[]): void;
  forgetAll(): void;
}

interface Row {
  id: string;
  display_name: string | null;
  avatar_url: string | null;
}

/** Makes the names, keeping about `limit` of them. */
export function createNames(database: Database, limit = 50_000): Names {
  const recent = createRecent<ShownAs>(limit);
  const text = `select id, display_name, avatar_url from ${database.schema}.participant where id = any($1::uuid[])`;
  // An answer that was asked for before a change may be older than it, so it is not kept.
  let version = 0;

  const ask = async (missing: readonly string[], found: Map<string, ShownAs>) => {
    const before = version;
    for (const row of await database.query<Row>(text, [missing], 'laurel_board_names')) {
      const shown = { displayName: row.display_name, avatarUrl: row.avatar_url };
      found.set(row.id, shown);
      if (before === version) recent.set(row.id, shown);
    }
    return found;
  };

  return {
    of: (participantIds) => {
      const found = new Map<string, ShownAs>();
      const missing: string[] = [];
      for (const id of participantIds) {
        const shown = recent.get(id);
        if (shown) found.set(id, shown);
        else missing.push(id);
      }
      return missing.length === 0 ? found : ask(missing, found);
    },
    get version() {
      return version;
    },
    forget: (participantIds) => {
      version += 1;
      for (const id of participantIds) recent.delete(id);
    },
    forgetAll: () => {
      version += 1;
      recent.clear();
    },
  };
}
