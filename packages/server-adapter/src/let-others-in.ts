/** Ends after whatever else waits for the processor, so that long work does not hold up requests. */
export const letOthersIn = () =>
  new Promise<void>((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve);
  });
