import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { lockDirectory } from './lock.ts';
import { canPrepare, type PreparedStatements, preparedStatements } from './pglite-prepared.ts';
import type { Storage, Transaction } from './storage.ts';

/** An embedded database and how to end it. */
export interface Embedded {
  pglite: PGlite;
  close(): Promise<void>;
}

/**
 * Opens (or creates) the embedded database of a data directory and locks it for this process.
 *
 * It survives the death of the process, not a power cut: PGlite does not fsync.
 * @throws LaurelConfigurationError when another process has the directory.
 */
export async function openEmbedded(dataDirectory: string): Promise<Embedded> {
  const { PGlite } = await import('@electric-sql/pglite');
  if (dataDirectory.startsWith('memory://')) {
    const pglite = await PGlite.create(dataDirectory);
    return { pglite, close: () => pglite.close() };
  }
  const unlock = await lockDirectory(dataDirectory);
  try {
    const pglite = await PGlite.create(join(dataDirectory, 'pglite'));
    return {
      pglite,
      close: async () => {
        await pglite.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

type Runner = Pick<PGlite, 'query' | 'exec'>;

const transactionOf = (runner: Runner, prepared?: PreparedStatements): Transaction => ({
  query: async <Row>(text: string, parameters: readonly unknown[] = [], name?: string) =>
    name && prepared
      ? prepared.runInside<Row>(text, parameters)
      : (await runner.query<Row>(text, [...parameters])).rows,
  script: async (text) => {
    await runner.exec(text);
  },
});

/** Storage on a PGlite instance. PGlite itself lets one transaction at a time through. */
export function pgliteStorage(pglite: PGlite, close: () => Promise<void> = async () => {}): Storage {
  const prepared = canPrepare(pglite) ? preparedStatements(pglite) : undefined;
  const { query } = transactionOf(pglite);
  return {
    kind: 'pglite',
    query: <Row>(text: string, parameters: readonly unknown[] = [], name?: string) =>
      name && prepared ? prepared.run<Row>(text, parameters) : query<Row>(text, parameters),
    transaction: (work) => pglite.transaction((transaction) => work(transactionOf(transaction, prepared))),
    listen: async (channel, onNotify) => {
      const stop = await pglite.listen(channel, onNotify);
      return () => (pglite.closed ? Promise.resolve() : stop());
    },
    execute: async (text, parameters) => {
      if (parameters?.length) return pglite.query(text, parameters);
      try {
        return { rows: (await pglite.exec(text)).flatMap(({ rows }) => rows) };
      } catch (error) {
        // A failed block may have left its transaction open on the one connection there is.
        await pglite.exec('rollback');
        throw error;
      }
    },
    close: async () => {
      await prepared?.close();
      await close();
    },
  };
}
