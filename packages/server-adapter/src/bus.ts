import type { Storage } from './db/storage.ts';

/** What nodes tell each other after a commit. Every field is a hint: the truth is in the tables. */
export interface BusMessage {
  /** Contest id → its sequence number. */
  boards?: Record<string, number>;
  /** Whose own numbers changed: programme id, participant id. `'all'` when there were too many to name. */
  selves?: [program: string, participant: string][] | 'all';
  /** Rows wait in the ledger's intake. */
  intake?: true;
  /** Events wait in the outbox. */
  outbox?: true;
  /** The connection was lost for a while: anything may have been missed. */
  missed?: true;
}

/** Carries hints between the nodes on one database. */
export interface Bus {
  readonly channel: string;
  subscribe(onMessage: (message: BusMessage) => void): () => void;
  /** Begins to listen. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The LISTEN/NOTIFY channel of a schema. Statements notify in SQL, in the transaction of the change itself. */
export const channelOf = (schemaName: string) => `laurel_${schemaName}`;

/** A bus on PostgreSQL's LISTEN/NOTIFY, which PGlite has too. */
export function createBus(storage: Storage, schemaName: string): Bus {
  const subscribers = new Set<(message: BusMessage) => void>();
  const channel = channelOf(schemaName);
  const deliver = (message: BusMessage) => {
    for (const subscriber of subscribers) subscriber(message);
  };
  let stop: (() => Promise<void>) | undefined;
  return {
    channel,
    subscribe: (onMessage) => {
      subscribers.add(onMessage);
      return () => subscribers.delete(onMessage);
    },
    start: async () => {
      stop = await storage.listen(
        channel,
        (payload) => deliver(JSON.parse(payload) as BusMessage),
        () => deliver({ missed: true }),
      );
    },
    close: async () => {
      subscribers.clear();
      await stop?.();
    },
  };
}
