/** Does something that may fail without harm. */
export function quietly<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {}
}
