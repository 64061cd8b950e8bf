import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Queryable } from './storage.ts';
import type { Tables } from './tables.ts';

/** What a handler reads and writes through: Kysely for the ordinary, `query` for statements written by hand. */
export interface Database extends Queryable {
  /** The schema, quoted, to put before table names in hand-written statements. */
  readonly schema: string;
  /** Kysely on the same connection, its tables already in the schema. */
  readonly kysely: Kysely<Tables>;
}

/** Quotes a schema name that has been checked by `isSchemaName`. */
export const quoteSchema = (name: string) => `"${name}"`;

/** Schema names we accept: what PostgreSQL takes without surprises. */
export const isSchemaName = (name: string) => /^[a-z_][a-z0-9_]{0,40}$/.test(name);

/** Gives a connection its `Database`. */
export function databaseOn(queryable: Queryable, schemaName: string): Database {
  const kysely = new Kysely<Tables>({ dialect: dialectOn(queryable) }).withSchema(schemaName);
  return { schema: quoteSchema(schemaName), kysely, query: queryable.query };
}

/**
 * A dialect on one connection that is already open. Kysely's own PGlite driver is not used: it shares one connection
 * between concurrent callers, so a query from outside would run inside somebody else's transaction.
 */
function dialectOn(queryable: Queryable): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => driverOn(queryable),
  };
}

function driverOn(queryable: Queryable): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => ({
      rows: await queryable.query<Row>(query.sql, query.parameters),
    }),
    // biome-ignore lint/correctness/useYield: required by the interface; nothing here streams
    async *streamQuery() {
      throw new Error('Laurel does not stream queries.');
    },
  };
  const notHere = async () => {
    throw new Error('Open transactions with context.transaction().');
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: notHere,
    commitTransaction: notHere,
    rollbackTransaction: notHere,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}
