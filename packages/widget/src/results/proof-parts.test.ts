import { expect, test } from 'vitest';
import { outcomeOf, partOf } from './proof-parts.ts';

type Name = keyof typeof partOf;
const names = Object.keys(partOf) as Name[];
const passed = (...some: Name[]) => some.map((name) => ({ name, ok: true, detail: '' }));
const nothing = { steps: [], done: false, receipt: 'unknown' as const };

test('a plain step runs until the last of its checks has passed', () => {
  expect(outcomeOf(nothing, 'promised')).toBe('running');
  expect(outcomeOf({ ...nothing, steps: passed('format', 'commitments') }, 'promised')).toBe('running');
  expect(outcomeOf({ ...nothing, steps: passed('format', 'commitments', 'freeze') }, 'promised')).toBe('passed');
  expect(outcomeOf({ ...nothing, steps: passed(...names), done: true }, 'chance')).toBe('passed');
});

test('it fails with the first check that does, and with a receipt that does not fit', () => {
  const steps = [...passed('format'), { name: 'commitments' as const, ok: false, detail: 'no' }];
  expect(outcomeOf({ ...nothing, steps }, 'promised')).toBe('failed');
  expect(outcomeOf({ ...nothing, steps: passed(...names), receipt: 'bad', done: true }, 'entries')).toBe('failed');
  expect(outcomeOf({ ...nothing, steps: passed(...names), receipt: 'unable', done: true }, 'entries')).toBe('passed');
});

test('what was never reached was not checked', () => {
  const steps = [{ name: 'format' as const, ok: false, detail: 'no' }];
  expect(outcomeOf({ ...nothing, steps, done: true }, 'chance')).toBe('skipped');
});
