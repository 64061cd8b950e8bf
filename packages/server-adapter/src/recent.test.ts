import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRecent } from './recent.ts';

it('answers what was set last or nothing, keeps the last half of what was asked for, and no more than it may', () => {
  const names = Array.from({ length: 12 }, (_, index) => `key-${index}`);
  const step = fc.tuple(fc.constantFrom('get', 'set', 'set', 'delete', 'clear'), fc.constantFrom(...names), fc.nat());
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 80 }), (half, steps) => {
      const recent = createRecent<number>(half * 2);
      const values = new Map<string, number>();
      let asked: string[] = [];
      for (const [kind, name, value] of steps) {
        asked = asked.filter((each) => each !== name);
        if (kind === 'delete') recent.delete(name);
        if (kind === 'set') recent.set(name, value);
        if (kind === 'delete') values.delete(name);
        if (kind === 'clear') {
          recent.clear();
          values.clear();
          asked = [];
        }
        if (kind === 'set') values.set(name, value);
        const found = recent.get(name);
        expect([undefined, values.get(name)]).toContain(found);
        if (found === undefined) values.delete(name);
        else asked.push(name);
        for (const each of asked.slice(-half)) expect(recent.get(each)).toBe(values.get(each));
      }
      expect(names.filter((name) => recent.get(name) !== undefined).length).toBeLessThanOrEqual(half * 2);
    }),
  );
});
