/** Anything that runs SQL: a storage, a transaction of it, or a transaction of the host's. */
export interface Queryable {
  /**
   * Runs one statement with `$1…` parameters and answers its rows. With a `name` the driver keeps it as a named
   * prepared statement, where it has such a thing.
   */
  query<Row>(text: string, parameters?: readonly unknown[], name?: string): Promise<Row[]>;
}

/** A transaction of the storage's own. */
export interface Transaction extends Queryable {
  /** Runs several statements without parameters. */
  script(text: string): Promise<void>;
}

/** The port to a database. One implementation each for PGlite and PostgreSQL, judged by one conformance suite. */
export interface Storage extends Queryable {
  readonly kind: 'pglite' | 'postgres';
  /** Runs `work` in a transaction: commits when it returns, rolls back when it throws. */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * Hears NOTIFY on a channel, again after a lost connection: `onLost` says that nothing is heard from now on,
   * `onReconnect` that it is again and something may have been missed.
   */
  listen(
    channel: string,
    onNotify: (payload: string) => void,
    onReconnect: () => void,
    onLost?: () => void,
  ): Promise<() => Promise<void>>;
  /** Runs a library's own SQL: several statements when there are no parameters. */
  execute(text: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Ends the connections this storage opened itself, never those of the host. */
  close(): Promise<void>;
}

/** Whether an error is PostgreSQL's, with this SQLSTATE. */
export function hasSqlState(error: unknown, ...states: string[]): boolean {
  return error instanceof Error && 'code' in error && states.includes(String(error.code));
}
