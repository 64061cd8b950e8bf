/**
 * Calls a function of the host. As with DOM events, one that throws must neither stop what called it nor go unseen: its
 * error becomes an uncaught one.
 */
export function safely(work: () => void): void {
  try {
    work();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
