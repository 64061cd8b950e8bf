/**
 * Says messages at most once in `gap` milliseconds, so that a lively board does not talk over its reader; of several
 * that wait only the newest is said.
 */
export function createAnnouncer(say: (message: string) => void, gap = 5000, now: () => number = Date.now) {
  let last = Number.NEGATIVE_INFINITY;
  let waiting = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  function flush(): void {
    timer = undefined;
    last = now();
    say(waiting);
  }
  return {
    announce(message: string): void {
      if (!message) return;
      waiting = message;
      const wait = last + gap - now();
      if (timer === undefined) {
        if (wait <= 0) flush();
        else timer = setTimeout(flush, wait);
      }
    },
    stop: (): void => clearTimeout(timer),
  };
}
