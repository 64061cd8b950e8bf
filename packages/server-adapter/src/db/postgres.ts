import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { types } from './parsers.ts';
import type { Queryable, Storage, Transaction } from './storage.ts';

/** How to open a pool of our own. */
export interface PostgresOptions {
  /** Largest number of connections. */
  connections?: number;
  /** `false` where a pooler in transaction mode (PgBouncer) forbids named prepared statements. */
  preparedStatements?: boolean;
}

/** What node-postgres pools, pool clients and clients have in common. */
interface Runner {
  query(query: {
    text: string;
    values: unknown[];
    types: pg.CustomTypesConfig;
    name?: string;
    query_timeout?: number;
  }): Promise<{ rows: unknown[] }>;
}

/** Two schemas or versions on one pool may use a name for different texts, so the text goes into the name. */
function statementNames() {
  const names = new Map<string, string>();
  return (name: string, text: string): string => {
    const known = names.get(text);
    if (known) return known;
    const made = `${name}_${createHash('sha256').update(text).digest('base64url').slice(0, 12)}`;
    names.set(text, made);
    return made;
  };
}

const nameOf = statementNames();

/** Wraps a node-postgres pool or client. No answer within `milliseconds` fails a statement and ends its connection. */
export function pgQueryable(runner: Runner, preparedStatements = true, milliseconds?: number): Queryable {
  return {
    query: async <Row>(text: string, parameters: readonly unknown[] = [], name?: string) => {
      const limit = milliseconds !== undefined && { query_timeout: milliseconds };
      const query = { text, values: [...parameters], types, ...limit };
      const result = await runner.query(name && preparedStatements ? { ...query, name: nameOf(name, text) } : query);
      return result.rows as Row[];
    },
  };
}

/** A dead socket on a client nobody listens to would end the process; the next query reports it anyway. */
const ignoreError = () => {};

/** How long a connection may take to be made, and to answer when it is only asked whether it is there. */
const patienceMilliseconds = 5_000;
const heartbeatMilliseconds = 30_000;
const statementMilliseconds = 15_000;
/** By then the server itself would have ended a statement of a pool of our own. */
const silenceMilliseconds = 20_000;

/** A server that vanished without a word is noticed by its silence. */
const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/** Opens a pool on a connection string, with time limits that keep one bad statement from holding everything. */
export function openPool(url: string, options: PostgresOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    // A pooler in transaction mode refuses connections that ask for settings of their own.
    ...(options.preparedStatements !== false && {
      statement_timeout: statementMilliseconds,
      idle_in_transaction_session_timeout: statementMilliseconds,
    }),
    connectionTimeoutMillis: patienceMilliseconds,
    ...keepAlive,
    application_name: 'laurel',
  });
  pool.on('error', ignoreError);
  return pool;
}

/** Storage on a node-postgres pool; `close` ends the pool only when it is ours. */
export function postgresStorage(pool: pg.Pool, options: PostgresOptions & { own?: boolean } = {}): Storage {
  const named = options.preparedStatements ?? true;
  const limit = pool.options.statement_timeout === statementMilliseconds ? silenceMilliseconds : undefined;
  return {
    kind: 'postgres',
    query: pgQueryable(pool, named, limit).query,
    transaction: (work) => runTransaction(pool, named, work, limit),
    listen: (channel, onNotify, onReconnect, onLost) => listenForever(pool, channel, onNotify, onReconnect, onLost),
    execute: (text, parameters) => pool.query({ text, types, ...(parameters && { values: parameters }) }),
    close: async () => {
      if (options.own) await pool.end();
    },
  };
}

const isSilence = (error: unknown): error is Error => error instanceof Error && error.message === 'Query read timeout';

async function runTransaction<Result>(
  pool: pg.Pool,
  named: boolean,
  work: (transaction: Transaction) => Promise<Result>,
  limit?: number,
): Promise<Result> {
  const client = await pool.connect();
  // The pool listens again once it has the client back.
  client.on('error', ignoreError);
  // Statements within may set a time limit of their own; whether the server is there at all is known from these.
  const { query: bounded } = pgQueryable(client, false, limit);
  let broken: Error | undefined;
  try {
    await bounded('begin');
    const result = await work({
      ...pgQueryable(client, named),
      script: async (text) => {
        await client.query(text);
      },
    });
    await client.query('commit');
    return result;
  } catch (error) {
    // A server that fell silent does not hear it: it rolls back once it misses the connection.
    if (isSilence(error)) broken = error;
    else {
      await bounded('rollback').catch((failure: Error) => {
        broken = failure;
      });
    }
    throw error;
  } finally {
    client.off('error', ignoreError);
    client.release(broken);
  }
}

/** Holds a connection of its own for LISTEN, outside the pool's count, and opens it again whenever it is lost. */
async function listenForever(
  pool: pg.Pool,
  channel: string,
  onNotify: (payload: string) => void,
  onReconnect: () => void,
  onLost: () => void = () => {},
): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;

  const connect = async () => {
    // A pool hides its password from being spread.
    const { password } = pool.options;
    const next = new pg.Client({
      ...pool.options,
      ...(password !== undefined && { password }),
      ...keepAlive,
      statement_timeout: 0,
      query_timeout: patienceMilliseconds,
      connectionTimeoutMillis: pool.options.connectionTimeoutMillis || patienceMilliseconds,
    });
    next.on('notification', (message) => onNotify(message.payload ?? ''));
    next.on('error', ignoreError);
    try {
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      if (stopped) throw new Error('Listening was stopped meanwhile.');
    } catch (error) {
      // A standby lets us connect and then refuses LISTEN.
      void next.end();
      throw error;
    }
    const heartbeat = setInterval(() => {
      next.query('select 1').catch(() => next.end());
    }, heartbeatMilliseconds);
    heartbeat.unref();
    next.on('end', () => {
      clearInterval(heartbeat);
      if (!stopped) onLost();
      void reconnect();
    });
    client = next;
  };

  const reconnect = async () => {
    for (let wait = 100; !stopped; wait = Math.min(wait * 2, 5_000)) {
      await sleep(wait, undefined, { ref: false });
      if (stopped) return;
      try {
        await connect();
        onReconnect();
        return;
      } catch {
        // The database is still away; the loop waits longer and tries again.
      }
    }
  };

  await connect();
  return async () => {
    stopped = true;
    await client?.end();
  };
}
