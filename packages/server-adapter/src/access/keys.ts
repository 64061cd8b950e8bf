import { createHash, randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { Database } from '../db/database.ts';

export type KeyKind = 'publishable' | 'secret';

/** A key as it may be shown: never the key itself. */
export interface KeyInfo {
  id: string;
  kind: KeyKind;
  name: string;
  /** Its beginning, to tell keys apart. */
  hint: string;
  /** Origins whose pages may use a publishable key, beside the API's own. */
  origins: string[];
  createdAt: string;
  revokedAt: string | null;
}

/** A key that was just made: the only time it is shown. */
export type NewKey = KeyInfo & { key: string };

const prefixes = { publishable: 'pk_', secret: 'sk_' } as const;
/** What is kept of a key. Keys are random enough for a plain SHA-256. */
export const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url');

/** Whether text has the form of a key of ours. */
export const looksLikeKey = (text: string) => /^[ps]k_[A-Za-z0-9_-]{16,200}$/.test(text);

/** Makes a key: 192 random bits, kept only as its SHA-256. */
export async function createKey(
  { kysely }: Database,
  kind: KeyKind,
  { name = '', origins = [] as string[] } = {},
): Promise<NewKey> {
  const key = `${prefixes[kind]}${randomBytes(24).toString('base64url')}`;
  const row = await kysely
    .insertInto('api_key')
    .values({ id: uuidv7(), kind, name, hint: key.slice(0, 7), hash: hashOf(key), origins })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...infoOf(row), key };
}

/** All keys, oldest first. */
export async function listKeys({ kysely }: Database): Promise<KeyInfo[]> {
  return (await kysely.selectFrom('api_key').selectAll().orderBy('id').execute()).map(infoOf);
}

/** Revokes a key by its id; answers whether there was such a key in use. */
export async function revokeKey(database: Database, id: string): Promise<boolean> {
  const rows = await database.query(
    `update ${database.schema}.api_key set revoked_at = now() where id::text = $1 and revoked_at is null returning id`,
    [id],
  );
  return rows.length > 0;
}

interface KeyRow {
  id: string;
  kind: KeyKind;
  name: string;
  hint: string;
  origins: string[];
  created_at: Date;
  revoked_at: Date | null;
}

const infoOf = (row: KeyRow): KeyInfo => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  hint: row.hint,
  origins: row.origins,
  createdAt: row.created_at.toISOString(),
  revokedAt: row.revoked_at?.toISOString() ?? null,
});
