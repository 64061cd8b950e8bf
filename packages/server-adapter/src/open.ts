import type { PGlite } from '@electric-sql/pglite';
import type pg from 'pg';
import { openEmbedded, pgliteStorage } from './db/pglite.ts';
import { openPool, postgresStorage } from './db/postgres.ts';
import { createReplica, type Replica } from './db/replica.ts';
import type { Storage } from './db/storage.ts';
import type { Settings } from './options.ts';
import { LaurelConfigurationError } from './problem.ts';

const isPool = (value: object): value is pg.Pool => 'totalCount' in value && 'connect' in value;
const isPGlite = (value: object): value is PGlite => 'waitReady' in value;

/**
 * Opens the storage the settings ask for.
 * @throws LaurelConfigurationError when it is no storage we know, or the data directory is in use
 */
export async function openStorage(settings: Settings): Promise<Storage> {
  const { database, dataDir, preparedStatements } = settings;
  if (database === undefined || (typeof database === 'string' && database.startsWith('memory://'))) {
    const embedded = await openEmbedded(database ?? dataDir);
    return pgliteStorage(embedded.pglite, embedded.close);
  }
  if (typeof database === 'string') {
    if (!/^postgres(ql)?:\/\//.test(database)) {
      throw new LaurelConfigurationError(
        '"database" must be a postgres:// URL, memory://, a node-postgres Pool or a PGlite instance.',
      );
    }
    return postgresStorage(openPool(database, settings), { preparedStatements, own: true });
  }
  if (isPGlite(database)) return pgliteStorage(database);
  if (isPool(database)) return postgresStorage(database, { preparedStatements });
  throw new LaurelConfigurationError('"database" is neither a node-postgres Pool nor a PGlite instance.');
}

/** Opens the read replica the settings name, if they do. It is connected to when it is first asked. */
export function openReplica(primary: Storage, settings: Settings): Replica | undefined {
  const { readReplica, replicaMaxLagSeconds: maxLagSeconds, preparedStatements } = settings;
  if (readReplica === undefined) return undefined;
  const own = typeof readReplica === 'string';
  const pool = own ? openPool(readReplica, settings) : readReplica;
  return createReplica(primary, postgresStorage(pool, { preparedStatements, own }), { maxLagSeconds });
}
