import type { Context, TransactionContext } from './context.ts';
import { databaseOn } from './db/database.ts';
import type { Queryable, Storage } from './db/storage.ts';
import { emit } from './events.ts';
import type { Caller } from './http/caller.ts';

/** Where and for whom a handler runs. */
export interface CallSite {
  caller: Caller;
  now: Date | null;
  publicUrl: string | null;
  request: Request | null;
  responseHeaders: Headers;
}

/** Runs handlers: on the storage itself, or inside a transaction that is already open. */
export interface Runner {
  /** On the storage; what the handler leaves for after the commit is done before this returns. */
  run<Result>(site: CallSite, work: (context: Context) => Promise<Result>): Promise<Result>;
  /** Inside an open transaction; answers the result and what to do once that has been committed. */
  runInside<Result>(
    transaction: Queryable,
    site: CallSite,
    work: (context: Context) => Promise<Result>,
  ): Promise<{ result: Result; settle: () => Promise<void> }>;
}

/** Makes the runner of a storage and schema. */
export function createRunner(storage: Storage, schema: string, channel: string): Runner {
  const root = databaseOn(storage, schema);

  const transactionContext = (queryable: Queryable): TransactionContext => {
    const database = databaseOn(queryable, schema);
    return { database, emit: (name, payload) => emit(database, channel, name, payload) };
  };

  const later = () => {
    const works: (() => Promise<void>)[] = [];
    return {
      afterCommit: (work: () => Promise<void>) => void works.push(work),
      settle: async () => {
        for (const work of works) await work();
      },
    };
  };

  return {
    run: async (site, work) => {
      const { afterCommit, settle } = later();
      const result = await work({
        ...site,
        database: root,
        enlisted: false,
        transaction: (inner) => storage.transaction((transaction) => inner(transactionContext(transaction))),
        afterCommit,
      });
      await settle();
      return result;
    },

    runInside: async (queryable, site, work) => {
      const { afterCommit, settle } = later();
      const inside = transactionContext(queryable);
      const result = await work({
        ...site,
        database: inside.database,
        enlisted: true,
        transaction: (inner) => inner(inside),
        afterCommit,
      });
      return { result, settle };
    },
  };
}
