import { createHash, randomBytes } from 'node:crypto';
import { seal, unseal } from './access/seal.ts';
import type { Database } from './db/database.ts';

const seedBytes = 32;
const placeOf = (contestId: string) => `instant_win:${contestId}`;

/** The seed of an instant win as it is kept. */
export interface SealedSeed {
  seed: string;
  seed_hash: string;
}

/**
 * The seed that decides an instant win, made at the first need: 32 random bytes, sealed. Whoever comes first makes it; all
 * others get the same.
 * @param key - derived for the purpose `instant-seed`
 */
export async function sealedSeed({ query, schema }: Database, key: Buffer, contestId: string): Promise<SealedSeed> {
  const read = () =>
    query<SealedSeed>(`select seed, seed_hash from ${schema}.instant_win where contest_id = $1`, [contestId]);
  const [known] = await read();
  if (known) return known;
  const seed = randomBytes(seedBytes);
  await query(
    `insert into ${schema}.instant_win (contest_id, seed, seed_hash) values ($1, $2, $3) on conflict do nothing`,
    [contestId, seal(key, seed.toString('hex'), placeOf(contestId)), createHash('sha256').update(seed).digest('hex')],
  );
  const [made] = await read();
  if (!made) throw new Error(`The seed of contest ${contestId} vanished.`);
  return made;
}

/**
 * The SHA-256 of an instant win’s seed in hexadecimal digits, for a commitment: the seed is made if it is not there yet.
 * @param key - derived for the purpose `instant-seed`
 */
export const ensureInstantSeed = async (database: Database, key: Buffer, contest: { id: string }): Promise<string> =>
  (await sealedSeed(database, key, contest.id)).seed_hash;

/** Opens a sealed seed: 32 bytes. */
export const openSeed = (key: Buffer, contestId: string, sealed: string): Buffer =>
  Buffer.from(unseal(key, sealed, placeOf(contestId)), 'hex');
