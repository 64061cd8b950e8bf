import { quoteSchema } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';

const most = 1000;

/** The sequence number of each contest that has begun and is not frozen, the newest first. */
async function positions(storage: Storage, schemaName: string): Promise<Map<string, number>> {
  const rows = await storage.query<{ id: string; seq: string }>(
    `select id, seq::text from ${quoteSchema(schemaName)}.contest
     where state in ('scheduled', 'paused') and starts_at <= now() order by id desc limit ${most}`,
  );
  return new Map(rows.map(({ id, seq }) => [id, Number(seq)]));
}

/** Makes the function that answers which contests have moved since it was last asked, and where to. */
export function movedContests(storage: Storage, schemaName: string): () => Promise<Record<string, number>> {
  let known = new Map<string, number>();
  return async () => {
    const now = await positions(storage, schemaName);
    const moved = [...now].filter(([id, seq]) => known.get(id) !== seq);
    known = now;
    return Object.fromEntries(moved);
  };
}
