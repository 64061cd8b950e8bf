/**
 * A call put off by `delay` and up to `jitter` milliseconds more; further calls meanwhile are the same call. A call may name
 * another `wait`.
 */
export function later(run: () => unknown, delay: number, jitter = 0) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call(wait = delay): void {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          run();
        },
        wait + Math.random() * jitter,
      );
    },
    cancel(): void {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
