import type { Database } from './database.ts';

type Holding = Pick<Database, 'query' | 'schema'>;

/** The words by which all transactions on a schema mean the same. */
const nameOf = ({ schema }: Holding, what: string) => `laurel:${schema}:${what}`;

/** Until the transaction ends, nobody else holds this, alone or together. What was committed before is seen by the next statement. */
export async function holdAlone(database: Holding, what: string): Promise<void> {
  await database.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [nameOf(database, what)]);
}

/** Until the transaction ends, nobody holds any of these alone; any number may hold them together. */
export async function holdTogether(database: Holding, what: readonly string[]): Promise<void> {
  await database.query(
    'select pg_advisory_xact_lock_shared(hashtextextended(name, 0)) from unnest($1::text[]) as name',
    [what.map((each) => nameOf(database, each)).sort()],
  );
}
