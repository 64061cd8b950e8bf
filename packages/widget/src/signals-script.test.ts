import * as theirs from '@preact/signals';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ours from './signals-script.ts';

interface Kit {
  signal(value: number): { value: number; peek(): number };
  effect(work: () => void): () => void;
}

interface Step {
  at: number;
  value: number;
}

/** Effects that read some signals depending on others and write one, driven by some steps; what they saw, in order. */
function play({ signal, effect }: Kit, steps: readonly Step[], stopAfter: number): unknown[] {
  const seen: unknown[] = [];
  const signals = [0, 1, 2, 3].map((value) => signal(value));
  const read = (index: number) => signals[index % 4]?.value ?? 0;
  const stops = [
    effect(() => void seen.push(['either', read(0) % 2 === 0 ? read(1) : read(2)])),
    effect(() => {
      const sum = read(1) + read(2);
      (signals[3] as { value: number }).value = sum;
      seen.push(['sum', sum, signals[3]?.peek()]);
    }),
    effect(() => void seen.push(['last', read(3)])),
  ];
  for (const [index, { at, value }] of steps.entries()) {
    if (index === stopAfter) stops[2]?.();
    (signals[at] as { value: number }).value = value;
    seen.push('set');
  }
  for (const stop of stops) stop();
  (signals[0] as { value: number }).value = 99;
  return seen;
}

test('effects run when, and only when, those of @preact/signals do', () => {
  const step = fc.record({ at: fc.constantFrom(0, 1, 2), value: fc.integer({ min: 0, max: 3 }) });
  const sorted = (seen: unknown[]) => {
    // Among effects of one change the order is nobody's business.
    const runs: string[][] = [[]];
    for (const each of seen) each === 'set' ? runs.push([]) : runs.at(-1)?.push(JSON.stringify(each));
    return runs.map((run) => [...new Set(run)].sort());
  };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.nat(20), (steps, stopAfter) => {
      expect(sorted(play(ours, steps, stopAfter))).toEqual(sorted(play(theirs, steps, stopAfter)));
    }),
  );
});

test('an effect may begin inside another and outlive it; one that throws does not stop the rest', () => {
  const [a, b] = [ours.signal(1), ours.signal(1)];
  const seen: string[] = [];
  const stop = ours.effect(() => {
    seen.push(`outer ${a.value}`);
    if (a.peek() === 1) ours.effect(() => void seen.push(`inner ${b.value}`));
  });
  stop();
  b.value = 2;
  a.value = 2;
  expect(seen).toEqual(['outer 1', 'inner 1', 'inner 2']);

  const c = ours.signal(0);
  const after: number[] = [];
  ours.effect(() => {
    if (c.value === 1) throw new Error('broken');
  });
  ours.effect(() => void after.push(c.value));
  expect(() => {
    c.value = 1;
  }).toThrow('broken');
  c.value = 2;
  expect(after.at(-1)).toBe(2);
});
