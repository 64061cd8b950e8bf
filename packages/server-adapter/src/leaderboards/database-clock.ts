/** The database's clock, as this node knows it between two answers. */
export interface DatabaseClock {
  /** Takes in an answer: the database's `now()`, and the monotonic clock when it was asked and when it had answered. */
  observe(databaseNow: Date, asked: number, answered: number): void;
  now(): Date;
}

/** Makes the clock; before the first answer it is this machine's. It is off by half of the round trip at most. */
export function createDatabaseClock(monotonic: () => number = () => performance.now()): DatabaseClock {
  let offset = Date.now() - monotonic();
  return {
    observe: (databaseNow, asked, answered) => {
      offset = databaseNow.getTime() - (asked + answered) / 2;
    },
    now: () => new Date(offset + monotonic()),
  };
}
