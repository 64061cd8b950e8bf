import type { Bus } from './bus.ts';
import type { Context, TransactionContext } from './context.ts';
import { databaseOn } from './db/database.ts';
import type { Replica } from './db/replica.ts';
import type { Queryable, Storage } from './db/storage.ts';
import { emit } from './events.ts';

/** Where and for whom a handler runs. */
export type CallSite = Pick<Context, 'caller' | 'address' | 'now' | 'publicUrl' | 'arrival' | 'responseHeaders'>;

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
export function createRunner(storage: Storage, schema: string, bus: Bus, replica?: Replica): Runner {
  const root = databaseOn(storage, schema);

  const transactionContext = (queryable: Queryable): TransactionContext => {
    const database = databaseOn(queryable, schema);
    return { database, emit: (name, payload) => emit(database, name, payload, bus.channel) };
  };

  /** A transaction whose commit this process sees tells of its events over Redis, where there is one. */
  const ownTransaction = async <Result>(work: (transaction: TransactionContext) => Promise<Result>) => {
    if (!bus.direct) return storage.transaction((transaction) => work(transactionContext(transaction)));
    let emitted = false;
    const result = await storage.transaction((transaction) => {
      const database = databaseOn(transaction, schema);
      return work({
        database,
        emit: async (name, payload) => {
          await emit(database, name, payload);
          emitted = true;
        },
      });
    });
    if (emitted) await bus.publish({ outbox: true });
    return result;
  };

  /** The answer says how old at most what the replica gave to it was. */
  const staleReads = (watched: Replica, { responseHeaders }: CallSite) => {
    let oldest = 0;
    const queryable = watched.reads((seconds) => {
      oldest = Math.max(oldest, Math.ceil(seconds * 10) / 10);
      responseHeaders['laurel-staleness'] = oldest.toFixed(1);
    });
    return databaseOn(queryable, schema);
  };

  /** Does what was left for after the commit, in the order in which it was. */
  const settle = async (works: readonly (() => Promise<void>)[]) => {
    for (const work of works) await work();
  };

  return {
    run: async (site, work) => {
      const works: (() => Promise<void>)[] = [];
      const context = {
        ...site,
        database: root,
        reads: root,
        enlisted: false,
        transaction: ownTransaction,
        afterCommit: (each: () => Promise<void>) => void works.push(each),
      };
      // Only where it can matter, and made only for those who read: an accessor costs as much as a whole context.
      if (replica && site.caller.kind !== 'secret')
        Object.defineProperty(context, 'reads', { get: () => staleReads(replica, site) });
      const result = await work(context);
      if (works.length > 0) await settle(works);
      return result;
    },

    runInside: async (queryable, site, work) => {
      const works: (() => Promise<void>)[] = [];
      const inside = transactionContext(queryable);
      const result = await work({
        ...site,
        database: inside.database,
        reads: inside.database,
        enlisted: true,
        transaction: (inner) => inner(inside),
        afterCommit: (each) => void works.push(each),
      });
      return { result, settle: () => settle(works) };
    },
  };
}
