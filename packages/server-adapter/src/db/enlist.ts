import { CompiledQuery, type Kysely } from 'kysely';
import { LaurelConfigurationError } from '../problem.ts';
import { pgQueryable } from './postgres.ts';
import type { Queryable } from './storage.ts';

/** A node-postgres client, or PGlite's transaction: `query(text, values)` answers `{ rows }`. */
export interface ClientTransaction {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A Drizzle transaction on node-postgres or PGlite, by the part of it that reaches the driver. */
export interface DrizzleTransaction {
  execute(query: never): unknown;
  _: { session: unknown };
}

/** What `api.with()` takes: the host's own open transaction. */
// biome-ignore lint/suspicious/noExplicitAny: the host's own table types do not matter here
export type HostTransaction = ClientTransaction | DrizzleTransaction | Pick<Kysely<any>, 'executeQuery'>;

type Shape = Record<string, unknown>;
const has = (value: unknown, method: string): value is Shape =>
  typeof value === 'object' && value !== null && typeof (value as Shape)[method] === 'function';

/**
 * Wraps the host's own transaction, so that what Laurel writes commits or rolls back with it. Without `preparedStatements`
 * (behind PgBouncer in transaction mode) no statement is named there either.
 * @throws LaurelConfigurationError when it is none of the kinds known.
 */
export function enlist(transaction: HostTransaction, preparedStatements = true): Queryable {
  if (has(transaction, 'executeQuery')) {
    const given = transaction as unknown as Kysely<unknown>;
    // The host's plugins may rename what statements answer.
    const kysely = has(given, 'withoutPlugins') ? given.withoutPlugins() : given;
    return {
      query: async <Row>(text: string, parameters: readonly unknown[] = []) =>
        (await kysely.executeQuery(CompiledQuery.raw(text, [...parameters]))).rows as Row[],
    };
  }
  if (has(transaction, 'execute')) {
    const { session } = transaction as unknown as { session?: { client?: unknown } };
    if (session && has(session.client, 'query')) {
      return clientQueryable(session.client as unknown as ClientTransaction, preparedStatements);
    }
  }
  if (has(transaction, 'query')) {
    return clientQueryable(transaction as unknown as ClientTransaction, preparedStatements);
  }
  throw new LaurelConfigurationError(
    'api.with() takes an open transaction: a node-postgres client, a PGlite transaction, a Kysely transaction, or a Drizzle transaction on one of them.',
  );
}

function clientQueryable(client: ClientTransaction, preparedStatements: boolean): Queryable {
  if (has(client, 'exec')) {
    return {
      query: async <Row>(text: string, parameters: readonly unknown[] = []) =>
        (await client.query(text, [...parameters])).rows as Row[],
    };
  }
  return pgQueryable(client as unknown as Parameters<typeof pgQueryable>[0], preparedStatements);
}
