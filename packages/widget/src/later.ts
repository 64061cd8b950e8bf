/** A call put off by `delay` and up to `jitter` milliseconds more; further calls meanwhile are the same call. */
export function later(run: () => void, delay: number, jitter = 0) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call(): void {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          run();
        },
        delay + Math.random() * jitter,
      );
    },
    cancel(): void {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
