import type { OutboxItem, OutboxStorage } from './outbox-storage.ts';

interface Lease {
  owner: string;
  until: number;
}

const answerOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('items', { autoIncrement: true }).createIndex('key', 'key', { unique: true });
    request.result.createObjectStore('lease');
  };
  return answerOf(request);
}

/**
 * Keeps items in an IndexedDB database of this name: they survive a reload and are shared by the tabs of an origin.
 * Payloads must be structured-cloneable. Its functions reject with the `DOMException` of the database.
 */
export function indexedDbStorage(name: string): OutboxStorage {
  let database: Promise<IDBDatabase> | undefined;

  function connect(): Promise<IDBDatabase> {
    database ??= open(name).then((opened) => {
      const forget = () => {
        database = undefined;
      };
      opened.onclose = forget;
      opened.onversionchange = () => {
        forget();
        opened.close();
      };
      return opened;
    });
    // A failed opening is not remembered: the next call tries again.
    database.catch(() => {
      database = undefined;
    });
    return database;
  }

  async function within<T>(
    storeName: 'items' | 'lease',
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => Promise<T>,
  ): Promise<T> {
    const transaction = (await connect()).transaction(storeName, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [result] = await Promise.all([work(transaction.objectStore(storeName)), done]);
    return result;
  }

  const placeOf = (store: IDBObjectStore, key: string) => answerOf(store.index('key').getKey(key));

  return {
    async add(item) {
      try {
        await within('items', 'readwrite', (store) => {
          const added = answerOf(store.add(item));
          // In one go: a page that is being left does not live to hear an answer in between.
          store.transaction.commit();
          return added;
        });
        return true;
      } catch (error) {
        if ((error as DOMException).name === 'ConstraintError') return false;
        throw error;
      }
    },
    all: () => within<OutboxItem[]>('items', 'readonly', (store) => answerOf(store.getAll())),
    get: (key) => within<OutboxItem | undefined>('items', 'readonly', (store) => answerOf(store.index('key').get(key))),
    put: (item) =>
      within('items', 'readwrite', async (store) => {
        const place = await placeOf(store, item.key);
        if (place !== undefined) await answerOf(store.put(item, place));
      }),
    remove: (key) =>
      within('items', 'readwrite', async (store) => {
        const place = await placeOf(store, key);
        if (place !== undefined) await answerOf(store.delete(place));
      }),
    lease: (owner, now, until) =>
      within('lease', 'readwrite', async (store) => {
        const held: Lease | undefined = await answerOf(store.get('turn'));
        if (held && held.owner !== owner && held.until > now) return held.until;
        await answerOf(store.put({ owner, until } satisfies Lease, 'turn'));
        return undefined;
      }),
    release: (owner) =>
      within('lease', 'readwrite', async (store) => {
        const held: Lease | undefined = await answerOf(store.get('turn'));
        if (held?.owner === owner) await answerOf(store.delete('turn'));
      }),
  };
}
