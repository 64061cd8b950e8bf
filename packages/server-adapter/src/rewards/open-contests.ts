import type { Database } from '../db/database.ts';
import { pausesOf } from '../ledger/pauses.ts';
import { isFrozen } from '../ledger/sequence.ts';
import type { OpenContest } from './draft.ts';
import type { Rule } from './facts.ts';
import { valuesOf } from './value.ts';

/** Parameter: contest ids. */
const statement = (schema: string) => `
select id, starts_at as "startsAt", ends_at as "endsAt", ${isFrozen('state')} as frozen, ${pausesOf(schema)} as pauses
from ${schema}.contest where id = any($1::uuid[]) and state <> 'draft'`;

/** The contests that these rules give points of and that are not drafts, by id. */
export async function openContests(
  { query, schema }: Database,
  rules: readonly Rule[],
): Promise<Map<string, OpenContest>> {
  const values = rules.flatMap(({ versions }) => versions.flatMap(({ definition }) => valuesOf(definition)));
  const ids = [...new Set(values.flatMap((value) => (value.kind === 'points' ? value.contest : [])))];
  if (ids.length === 0) return new Map();
  const rows = await query<OpenContest & { id: string }>(statement(schema), [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}
