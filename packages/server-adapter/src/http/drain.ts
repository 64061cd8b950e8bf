/** How far the end is: `open`, `draining` (everything is answered, callers are sent elsewhere), `closed`. */
export interface Drain {
  readonly draining: boolean;
  readonly closed: boolean;
  /** How much is under way. */
  readonly running: number;
  /** Counts work on something until it has ended. */
  during<Item, Result>(item: Item, work: (item: Item) => Promise<Result>): Promise<Result>;
  begin(): void;
  /** Takes no more work, once what is under way has ended or `milliseconds` have passed. Answers how much is left. */
  close(milliseconds: number): Promise<number>;
}

/** Makes the count of what is under way, so that ending can wait for it. */
export function createDrain(): Drain {
  let running = 0;
  let draining = false;
  let closed = false;
  let onIdle = () => {};
  return {
    get draining() {
      return draining;
    },
    get closed() {
      return closed;
    },
    get running() {
      return running;
    },
    during: async (item, work) => {
      running++;
      try {
        return await work(item);
      } finally {
        running--;
        if (running === 0) onIdle();
      }
    },
    begin: () => {
      draining = true;
    },
    close: async (milliseconds) => {
      draining = true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve;
        timer = setTimeout(resolve, milliseconds);
      });
      if (running > 0) await idle;
      clearTimeout(timer);
      closed = true;
      return running;
    },
  };
}
