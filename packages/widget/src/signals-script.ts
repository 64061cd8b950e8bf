/**
 * `signal` and `effect` as `@preact/signals` has them, by no more than the script uses: the file `laurel.js` is built
 * with these, at a tenth of the size. A test holds the two against each other.
 */
interface Effect {
  run(): void;
  sources: Set<Set<Effect>>;
}

let current: Effect | undefined;
let busy = false;
const queue = new Set<Effect>();

function flush(): void {
  if (busy) return;
  busy = true;
  try {
    for (const effect of queue) {
      queue.delete(effect);
      effect.run();
    }
  } finally {
    busy = false;
  }
}

export function signal<Value>(value: Value) {
  const readers = new Set<Effect>();
  return {
    get value() {
      if (current) {
        readers.add(current);
        current.sources.add(readers);
      }
      return value;
    },
    set value(next) {
      if (next === value) return;
      value = next;
      for (const reader of readers) queue.add(reader);
      flush();
    },
    peek: () => value,
  };
}

/** Runs `work` now and whenever a signal it read last time has changed, until the answer is called. */
export function effect(work: () => void): () => void {
  const forget = () => {
    for (const readers of self.sources) readers.delete(self);
    self.sources.clear();
    queue.delete(self);
  };
  const self: Effect = {
    sources: new Set(),
    run() {
      forget();
      const outer = current;
      current = self;
      try {
        work();
      } finally {
        current = outer;
      }
    },
  };
  if (busy) self.run();
  else {
    queue.add(self);
    flush();
  }
  return forget;
}
