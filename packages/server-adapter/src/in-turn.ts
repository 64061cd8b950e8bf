/** Does works of one key one after the other, in the order in which they came, and those of other keys beside them. */
export type InTurn = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** Makes the memory of whose turn it is. It holds only keys that are being worked on. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const run = (last.get(key) ?? Promise.resolve()).then(work);
    const over = run.then(
      () => {},
      () => {},
    );
    last.set(key, over);
    void over.then(() => {
      if (last.get(key) === over) last.delete(key);
    });
    return run;
  };
}
