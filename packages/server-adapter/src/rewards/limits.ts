import type { Database } from '../db/database.ts';

const nameOf = ({ schema }: Database, programId: string) => `laurel:${schema}:limits:${programId}`;

/** Until the transaction ends, nobody settles by the programme's rules; who did so has told what was given. */
export const holdLimits = (database: Database, programId: string) =>
  database.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [nameOf(database, programId)]);

/** Until the transaction ends, no rule of these programmes is given another limit; any number may ask for that at once. */
export const keepLimits = (database: Database, programIds: readonly string[]) =>
  database.query('select pg_advisory_xact_lock_shared(hashtextextended(name, 0)) from unnest($1::text[]) as name', [
    programIds.map((id) => nameOf(database, id)).sort(),
  ]);
