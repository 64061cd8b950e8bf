import { expect, test } from 'vitest';
import { createWallClock } from './wall-clock.ts';

test('says the same of one moment however often it is asked, and goes along with a clock that is set', () => {
  let wall = 1_800_000_000_000;
  let steady = 5000.25;
  const instant = createWallClock(
    () => Math.floor(wall),
    () => steady,
  );
  const said = new Set<string>();
  for (let turn = 0; turn < 100; turn++) {
    said.add(instant(5000.25));
    // Clocks of whole and of broken milliseconds never tell quite the same.
    wall += 1.37;
    steady += 1.37;
  }
  expect([...said]).toEqual([new Date(1_800_000_000_000).toISOString()]);
  // The machine slept for an hour, of which only the wall's clock knows.
  wall += 3_600_000;
  expect(Math.abs(Date.parse(instant(steady)) - wall)).toBeLessThanOrEqual(2);
});
