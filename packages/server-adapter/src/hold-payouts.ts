import type { Database } from './db/database.ts';

const nameOf = ({ schema }: Database, programId: string) => `laurel:${schema}:payouts:${programId}`;

/** Until the transaction ends, nobody else gathers the programme's money, and none of its rewards is taken away. */
export const holdPayouts = (database: Database, programId: string) =>
  database.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [nameOf(database, programId)]);

/**
 * Until the transaction ends, nobody gathers the programme's money; any number may ask for that at once. Before the
 * account of a reward, so that nobody who holds one waits for it.
 */
export const keepFromPayouts = (database: Database, programId: string) =>
  database.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [nameOf(database, programId)]);
