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
      responseHeaders.set('laurel-staleness', oldest.toFixed(1));
    });
    return databaseOn(queryable, schema);
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
        get reads() {
          return replica && site.caller.kind !== 'secret' ? staleReads(replica, site) : root;
        },
        enlisted: false,
        transaction: ownTransaction,
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
        reads: inside.database,
        enlisted: true,
        transaction: (inner) => inner(inside),
        afterCommit,
      });
      return { result, settle };
    },
  };
}
