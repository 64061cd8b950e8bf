import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covered, type Interval, lengthOf, union } from './intervals.ts';
import { createPresence } from './presence.ts';

const idleMs = 60_000;
const lookMs = 1000;

test('counts while the page is in front of somebody who lives, to a look’s precision', () => {
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 150_000 }),
    present: fc.boolean(),
    alive: fc.boolean(),
    asleep: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const presence = createPresence({ idleMs });
      const truth: Interval[] = [];
      let at = 0;
      let active = 0;
      let changes = 1;
      for (const { ms, present, alive, asleep } of steps) {
        changes += 1;
        if (alive) active = at;
        presence.add({ at, present, active });
        // A pause too short to tell from a late look counts.
        if (present && (!asleep || ms <= 5000)) truth.push([at, Math.min(at + ms, active + idleMs)]);
        const end = at + ms;
        // A machine that sleeps looks at nothing.
        for (at += lookMs; !asleep && at < end; at += lookMs) presence.add({ at, present, active });
        at = end;
        presence.add({ at, present, active });
      }
      const spent = presence.take();
      expect(union(spent)).toEqual(spent);
      const wide = union(truth.map(([from, to]): Interval => [from - 5000, to + 5000]));
      for (const stretch of spent) expect(covered(wide, stretch)).toBe(stretch[1] - stretch[0]);
      expect(lengthOf(truth) - lengthOf(spent)).toBeLessThanOrEqual(changes * lookMs);
      expect(presence.take()).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('nobody there for a minute: what came after does not count, what comes back does', () => {
  const presence = createPresence();
  for (let at = 0; at <= 200_000; at += 1000) {
    presence.add({ at, present: true, active: at >= 150_000 ? 150_000 : 0 });
  }
  expect(presence.take()).toEqual([
    [0, 60_000],
    [150_000, 200_000],
  ]);
});
