/** The values asked for most recently, at most so many. */
export interface Recent<Value, Key = string> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  clear(): void;
}

/**
 * Makes a cache of at most `most` entries, in two generations of half as many: what is asked for moves to the younger one, and
 * when that is full the older one goes. So asking costs no more than a Map, and what is in use never goes all at once.
 */
export function createRecent<Value, Key = string>(most: number): Recent<Value, Key> {
  const half = Math.max(1, most >> 1);
  let younger = new Map<Key, Value>();
  let older = new Map<Key, Value>();
  const set = (key: Key, value: Value) => {
    if (younger.size >= half && !younger.has(key)) {
      older = younger;
      younger = new Map();
    }
    younger.set(key, value);
  };
  return {
    get: (key) => {
      const value = younger.get(key);
      if (value !== undefined) return value;
      const old = older.get(key);
      if (old !== undefined) set(key, old);
      return old;
    },
    set,
    delete: (key) => {
      younger.delete(key);
      older.delete(key);
    },
    clear: () => {
      younger = new Map();
      older = new Map();
    },
  };
}
