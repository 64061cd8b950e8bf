import { holdAlone, holdTogether } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';

const limitsOf = (programId: string) => `limits:${programId}`;

/** Until the transaction ends, nobody settles by the programme's rules; who did so has told what was given. */
export const holdLimits = (database: Database, programId: string) => holdAlone(database, limitsOf(programId));

/** Until the transaction ends, no rule of these programmes is given another limit; any number may ask for that at once. */
export const keepLimits = (database: Database, programIds: readonly string[]) =>
  holdTogether(database, programIds.map(limitsOf));
