import type { Database } from '../db/database.ts';
import { createRecent } from '../recent.ts';
import { hashOf, type KeyKind } from './keys.ts';

/** A key given in the options instead of the database. */
export interface ConfiguredKey {
  key: string;
  /** For a publishable key: origins whose pages may use it, beside the API's own. */
  origins?: string[];
}

/** What is known of a key in use. */
export interface ActiveKey {
  id: string;
  kind: KeyKind;
  origins: readonly string[];
}

/** Looks keys up. Answers are kept for ten seconds, so a revoked key stops working within that time on every node. */
export interface KeyRing {
  find(key: string): Promise<ActiveKey | null>;
  /** Origins that some publishable key allows: what a CORS preflight can know. */
  allOrigins(): Promise<ReadonlySet<string>>;
}

const keepMilliseconds = 10_000;
const mostCached = 5_000;

/** Makes the ring of a database and the configured keys. */
export function createKeyRing(database: () => Database, configured: readonly ConfiguredKey[]): KeyRing {
  const fixed = new Map(
    configured.map(({ key, origins = [] }): [string, ActiveKey] => [
      hashOf(key),
      { id: `configured:${key.slice(0, 7)}`, kind: key.startsWith('sk_') ? 'secret' : 'publishable', origins },
    ]),
  );
  const cache = createRecent<{ found: ActiveKey | null; until: number }>(mostCached);
  let origins: { all: ReadonlySet<string>; until: number } | undefined;

  return {
    find: async (key) => {
      const hash = hashOf(key);
      const configuredKey = fixed.get(hash);
      if (configuredKey) return configuredKey;
      const cached = cache.get(hash);
      const now = performance.now();
      if (cached && now < cached.until) return cached.found;
      const row = await database()
        .kysely.selectFrom('api_key')
        .select(['id', 'kind', 'origins'])
        .where('hash', '=', hash)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      cache.set(hash, { found: row ?? null, until: now + keepMilliseconds });
      return row ?? null;
    },

    allOrigins: async () => {
      const now = performance.now();
      if (origins && now < origins.until) return origins.all;
      const rows = await database()
        .kysely.selectFrom('api_key')
        .select('origins')
        .where('kind', '=', 'publishable')
        .where('revoked_at', 'is', null)
        .execute();
      const all = new Set([...fixed.values(), ...rows].flatMap((each) => each.origins));
      origins = { all, until: now + keepMilliseconds };
      return all;
    },
  };
}
