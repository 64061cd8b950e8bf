/** A machine that slept, or whose clock was set: more than two readings of two clocks are ever apart. */
const setMs = 1000;

/**
 * Makes what says instants of a clock that only goes forward (`performance.now`) by the clock on the wall. Of one moment it says the
 * same every time, so that stretches which touch still do so as instants; where the wall's clock is set, or one of them stood
 * still, it goes along.
 * @returns ISO 8601 with milliseconds
 */
export function createWallClock(wall = () => Date.now(), steady = () => performance.now()): (at: number) => string {
  let origin = wall() - steady();
  return (at) => {
    const found = wall() - steady();
    if (Math.abs(found - origin) > setMs) origin = found;
    return new Date(origin + at).toISOString();
  };
}
