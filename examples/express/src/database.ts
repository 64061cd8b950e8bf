import type { PGlite } from '@electric-sql/pglite';
import { openEmbedded } from '@laurelkit/server-adapter';
import pg from 'pg';

/** An open transaction. Laurel joins it: `laurel.api.with(transaction)`. */
export interface Transaction {
  query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

/** The one database that the shop and Laurel share. */
export interface Database extends Transaction {
  /** The driver itself, for `createLaurel({ database })`. */
  readonly driver: pg.Pool | PGlite;
  /** Commits when `work` returns, rolls back when it throws. */
  inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** PostgreSQL when there is a URL, otherwise an embedded database in the data directory. */
export const openDatabase = (url: string | undefined, dataDirectory: string): Promise<Database> =>
  url ? openPostgres(url) : openPGlite(dataDirectory);

async function openPGlite(dataDirectory: string): Promise<Database> {
  const { pglite, close } = await openEmbedded(dataDirectory);
  return {
    driver: pglite,
    query: (text, values) => pglite.query(text, values),
    // PGlite has one connection. Its own `transaction` makes everybody else wait, so that no other visitor's
    // statement slips into this one; a bare `begin` would let them in.
    inTransaction: (work) => pglite.transaction(work),
    close,
  };
}

async function openPostgres(connectionString: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString });
  // A connection that dies while nobody uses it is replaced; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    driver: pool,
    query: async <Row>(text: string, values?: unknown[]) => ({ rows: (await pool.query(text, values)).rows as Row[] }),
    inTransaction: (work) => runTransaction(pool, work),
    close: () => pool.end(),
  };
}

async function runTransaction<Result>(pool: pg.Pool, work: (transaction: Transaction) => Promise<Result>) {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client as Transaction);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
