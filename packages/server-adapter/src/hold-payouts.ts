import { holdAlone, holdTogether } from './db/advisory-lock.ts';
import type { Database } from './db/database.ts';

const payoutsOf = (programId: string) => `payouts:${programId}`;

/** Until the transaction ends, nobody else gathers the programme's money, and none of its rewards is taken away. */
export const holdPayouts = (database: Database, programId: string) => holdAlone(database, payoutsOf(programId));

/**
 * Until the transaction ends, nobody gathers the programme's money; any number may ask for that at once. Before the
 * account of a reward, so that nobody who holds one waits for it.
 */
export const keepFromPayouts = (database: Database, programId: string) =>
  holdTogether(database, [payoutsOf(programId)]);
