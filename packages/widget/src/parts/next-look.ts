/** No timer runs longer than this; what opens later is looked at again. */
const longestWait = 3_600_000;
/** How long to wait for what the server still calls closed although its time has come by the clock here. */
const disagreedWait = 60_000;

/** Milliseconds until one of these instants, at each of which something closed opens, is to be looked at; `Infinity`: never. */
export function untilNextLook(instants: readonly (string | null | undefined)[]): number {
  const waits = instants.flatMap((at) => {
    const wait = Date.parse(at ?? '') - Date.now();
    if (wait > 0) return Math.min(longestWait, wait + 500);
    return wait <= 0 ? disagreedWait : [];
  });
  return Math.min(...waits);
}
